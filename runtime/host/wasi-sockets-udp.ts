import type { InstanceContext } from "./context.ts";
import { type Pollable, readyPollable } from "./wasi-io-poll.ts";
import { addressText, denyNetwork, type IpSocketAddress, networkError } from "./wasi-sockets-denial.ts";
import { socketOptions } from "./wasi-sockets-options.ts";
import type { IpAddressFamily } from "./wasi-sockets-tcp.ts";

/**
 * `wasi:sockets/udp.udp-socket`, as it is before it is bound: it never gets further, since that is denied, and without it
 * there are no datagram streams (Wasmtime).
 */
export class UdpSocket {
  readonly #context: InstanceContext;
  readonly #family: IpAddressFamily;
  readonly #hopLimit = socketOptions.hopLimit();
  readonly #receiveBuffer = socketOptions.bufferSize(106_496n);
  readonly #sendBuffer = socketOptions.bufferSize(106_496n);

  constructor(context: InstanceContext, family: IpAddressFamily) {
    this.#context = context;
    this.#family = family;
  }

  startBind(_network: object, address: IpSocketAddress): never {
    throw denyNetwork(this.#context, `use UDP on ${addressText(address)}`);
  }

  finishBind(): never {
    throw networkError("not-in-progress");
  }

  stream(_remoteAddress: IpSocketAddress | undefined): never {
    throw networkError("invalid-state");
  }

  localAddress(): never {
    throw networkError("invalid-state");
  }

  remoteAddress(): never {
    throw networkError("invalid-state");
  }

  addressFamily(): IpAddressFamily {
    return this.#family;
  }

  unicastHopLimit(): number {
    return this.#hopLimit.get();
  }

  setUnicastHopLimit(limit: number): void {
    this.#hopLimit.set(limit);
  }

  receiveBufferSize(): bigint {
    return this.#receiveBuffer.get();
  }

  setReceiveBufferSize(bytes: bigint): void {
    this.#receiveBuffer.set(bytes);
  }

  sendBufferSize(): bigint {
    return this.#sendBuffer.get();
  }

  setSendBufferSize(bytes: bigint): void {
    this.#sendBuffer.set(bytes);
  }

  subscribe(): Pollable {
    return readyPollable(this.#context);
  }
}
