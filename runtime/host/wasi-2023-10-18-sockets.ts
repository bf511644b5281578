import type { HostInterfaces } from "./host-interface.ts";
import { noLongerSupported } from "./release-candidate.ts";
import { candidate20231018 as version } from "./release-candidate-facts.ts";
import { type IpSocketAddress, networkError } from "./wasi-sockets-denial.ts";
import { type IpAddressFamily, TcpSocket } from "./wasi-sockets-tcp.ts";
import { UdpSocket } from "./wasi-sockets-udp.ts";

/** `tcp-socket` with the options' names of that time, and some that Spin links and that trap there. */
class TcpSocket20231018 extends TcpSocket {
  keepAlive(): boolean {
    return this.keepAliveEnabled();
  }

  setKeepAlive(enabled: boolean): void {
    this.setKeepAliveEnabled(enabled);
  }

  unicastHopLimit(): number {
    return this.hopLimit();
  }

  setUnicastHopLimit(limit: number): void {
    this.setHopLimit(limit);
  }

  ipv6Only(): never {
    throw noLongerSupported("tcp-socket.ipv6-only");
  }

  setIpv6Only(_value: boolean): never {
    throw noLongerSupported("tcp-socket.set-ipv6-only");
  }

  noDelay(): never {
    throw noLongerSupported("tcp-socket.no-delay");
  }

  setNoDelay(_value: boolean): never {
    throw noLongerSupported("tcp-socket.set-no-delay");
  }
}

/**
 * `udp-socket` before there were datagram streams. It can begin to connect and then fails, as it is not bound; to send or to
 * receive it would have to be connected (Spin: `concurrency-conflict`).
 */
class UdpSocket20231018 extends UdpSocket {
  #state: "initial" | "connecting" | "failed" = "initial";

  startConnect(_network: object, _address: IpSocketAddress): void {
    if (this.#state !== "initial") throw networkError("concurrency-conflict");
    this.#state = "connecting";
  }

  finishConnect(): never {
    if (this.#state !== "connecting") throw networkError("concurrency-conflict");
    this.#state = "failed";
    throw networkError("invalid-state");
  }

  receive(_most: bigint): never {
    throw networkError("concurrency-conflict");
  }

  send(_datagrams: object[]): never {
    throw networkError("concurrency-conflict");
  }

  ipv6Only(): never {
    throw noLongerSupported("udp-socket.ipv6-only");
  }

  setIpv6Only(_value: boolean): never {
    throw noLongerSupported("udp-socket.set-ipv6-only");
  }
}

/** The socket interfaces of 0.2.0-rc-2023-10-18 that differ. */
export const wasiSockets20231018: HostInterfaces = {
  [`wasi:sockets/tcp@${version}`]: () => ({ TcpSocket: TcpSocket20231018 }),
  [`wasi:sockets/tcp-create-socket@${version}`]: (context) => ({
    createTcpSocket: (family: IpAddressFamily) => new TcpSocket20231018(context, family),
  }),
  [`wasi:sockets/udp@${version}`]: () => ({ UdpSocket: UdpSocket20231018 }),
  [`wasi:sockets/udp-create-socket@${version}`]: (context) => ({
    createUdpSocket: (family: IpAddressFamily) => new UdpSocket20231018(context, family),
  }),
};
