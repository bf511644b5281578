import type { HostInterfaces } from "./host-interface.ts";
import { noLongerSupported, underVersion } from "./release-candidate.ts";
import { candidate20231110 as version } from "./release-candidate-facts.ts";
import { wasiHttp20231110 } from "./wasi-2023-11-10-http.ts";
import { wasiCli } from "./wasi-cli.ts";
import { wasiClocks } from "./wasi-clocks.ts";
import { wasiFilesystem } from "./wasi-filesystem.ts";
import { wasiIo } from "./wasi-io.ts";
import { wasiRandom } from "./wasi-random.ts";
import { wasiSockets } from "./wasi-sockets.ts";
import { type IpAddressFamily, TcpSocket } from "./wasi-sockets-tcp.ts";
import { UdpSocket } from "./wasi-sockets-udp.ts";

class TcpSocket20231110 extends TcpSocket {
  ipv6Only(): never {
    throw noLongerSupported("tcp-socket.ipv6-only");
  }

  setIpv6Only(_value: boolean): never {
    throw noLongerSupported("tcp-socket.set-ipv6-only");
  }
}

class UdpSocket20231110 extends UdpSocket {
  ipv6Only(): never {
    throw noLongerSupported("udp-socket.ipv6-only");
  }

  setIpv6Only(_value: boolean): never {
    throw noLongerSupported("udp-socket.set-ipv6-only");
  }
}

/** WASI 0.2.0-rc-2023-11-10, the last but one before 0.2.0: almost all of it is the same. */
export const wasi20231110: HostInterfaces = {
  ...underVersion({ ...wasiIo, ...wasiClocks, ...wasiRandom, ...wasiCli, ...wasiFilesystem, ...wasiSockets }, version),
  [`wasi:sockets/tcp@${version}`]: () => ({ TcpSocket: TcpSocket20231110 }),
  [`wasi:sockets/tcp-create-socket@${version}`]: (context) => ({
    createTcpSocket: (family: IpAddressFamily) => new TcpSocket20231110(context, family),
  }),
  [`wasi:sockets/udp@${version}`]: (context) => ({
    ...wasiSockets["wasi:sockets/udp@0.2"]?.(context),
    UdpSocket: UdpSocket20231110,
  }),
  [`wasi:sockets/udp-create-socket@${version}`]: (context) => ({
    createUdpSocket: (family: IpAddressFamily) => new UdpSocket20231110(context, family),
  }),
  ...wasiHttp20231110,
};
