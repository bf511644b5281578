import type { InstanceContext } from "./context.ts";
import { type Pollable, readyPollable } from "./wasi-io-poll.ts";
import { addressText, denyNetwork, type IpSocketAddress, networkError } from "./wasi-sockets-denial.ts";
import { socketOptions } from "./wasi-sockets-options.ts";

export type IpAddressFamily = "ipv4" | "ipv6";

/**
 * `wasi:sockets/tcp.tcp-socket`, as it is before it is bound or connected: it never gets further, since both are denied.
 * Calls out of order get the errors that Wasmtime gives them in that state.
 */
export class TcpSocket {
  readonly #context: InstanceContext;
  readonly #family: IpAddressFamily;
  readonly #hopLimit = socketOptions.hopLimit();
  readonly #keepAliveIdleTime = socketOptions.keepAliveIdleTime();
  readonly #keepAliveInterval = socketOptions.keepAliveInterval();
  readonly #keepAliveCount = socketOptions.keepAliveCount();
  readonly #receiveBuffer = socketOptions.bufferSize(65_536n);
  readonly #sendBuffer = socketOptions.bufferSize(8192n);
  #keepAlive = false;

  constructor(context: InstanceContext, family: IpAddressFamily) {
    this.#context = context;
    this.#family = family;
  }

  startBind(_network: object, address: IpSocketAddress): never {
    throw denyNetwork(this.#context, `listen for TCP connections on ${addressText(address)}`);
  }

  finishBind(): never {
    throw networkError("not-in-progress");
  }

  startConnect(_network: object, address: IpSocketAddress): never {
    throw denyNetwork(this.#context, `open a TCP connection to ${addressText(address)}`);
  }

  finishConnect(): never {
    throw networkError("not-in-progress");
  }

  startListen(): never {
    throw networkError("invalid-state");
  }

  finishListen(): never {
    throw networkError("not-in-progress");
  }

  accept(): never {
    throw networkError("invalid-state");
  }

  localAddress(): never {
    throw networkError("invalid-state");
  }

  remoteAddress(): never {
    throw networkError("invalid-state");
  }

  shutdown(_how: string): never {
    throw networkError("invalid-state");
  }

  isListening(): boolean {
    return false;
  }

  addressFamily(): IpAddressFamily {
    return this.#family;
  }

  /** Kept by the operating system, which cannot be asked for it. */
  setListenBacklogSize(size: bigint): void {
    if (size === 0n) throw networkError("invalid-argument");
  }

  keepAliveEnabled(): boolean {
    return this.#keepAlive;
  }

  setKeepAliveEnabled(enabled: boolean): void {
    this.#keepAlive = enabled;
  }

  keepAliveIdleTime(): bigint {
    return this.#keepAliveIdleTime.get();
  }

  setKeepAliveIdleTime(nanoseconds: bigint): void {
    this.#keepAliveIdleTime.set(nanoseconds);
  }

  keepAliveInterval(): bigint {
    return this.#keepAliveInterval.get();
  }

  setKeepAliveInterval(nanoseconds: bigint): void {
    this.#keepAliveInterval.set(nanoseconds);
  }

  keepAliveCount(): number {
    return this.#keepAliveCount.get();
  }

  setKeepAliveCount(count: number): void {
    this.#keepAliveCount.set(count);
  }

  hopLimit(): number {
    return this.#hopLimit.get();
  }

  setHopLimit(limit: number): void {
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

  /** Nothing is under way that could be waited for. */
  subscribe(): Pollable {
    return readyPollable(this.#context);
  }
}
