import type { InstanceContext } from "./context.ts";
import { connectTcp, type TcpConnection } from "./tcp-connection.ts";
import { InputStream } from "./wasi-io-input-stream.ts";
import { OutputStream } from "./wasi-io-output-stream.ts";
import { type Pollable, readyPollable } from "./wasi-io-poll.ts";
import { addressText, denyNetwork, type IpSocketAddress, networkError } from "./wasi-sockets-denial.ts";
import { socketOptions } from "./wasi-sockets-options.ts";

export type IpAddressFamily = "ipv4" | "ipv6";

/** A connection under way or there, and whom it is to. */
interface Connected {
  connection: TcpConnection;
  remote: IpSocketAddress;
  /** Until the guest has its streams. */
  isPending: boolean;
}

/**
 * `wasi:sockets/tcp.tcp-socket`. It can be connected to a server that `mocks.json` plays, and to no other; to bind is denied,
 * as Spin denies it to everyone. Calls out of order get the errors that Wasmtime gives them.
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
  #connected: Connected | undefined;

  constructor(context: InstanceContext, family: IpAddressFamily) {
    this.#context = context;
    this.#family = family;
  }

  startBind(_network: object, address: IpSocketAddress): never {
    if (this.#connected) throw networkError("invalid-state");
    throw denyNetwork(this.#context, `listen for TCP connections on ${addressText(address)}`);
  }

  finishBind(): never {
    throw networkError("not-in-progress");
  }

  startConnect(_network: object, remote: IpSocketAddress): void {
    if (this.#connected) throw networkError(this.#connected.isPending ? "concurrency-conflict" : "invalid-state");
    const isUnspecified = remote.val.address.every((part) => part === 0) || remote.val.port === 0;
    if (remote.tag !== this.#family || isUnspecified) throw networkError("invalid-argument");
    this.#connected = { connection: connectTcp(this.#context, remote), remote, isPending: true };
  }

  finishConnect(): [InputStream, OutputStream] {
    if (this.#connected?.isPending !== true) throw networkError("not-in-progress");
    this.#connected.isPending = false;
    const { received, sent } = this.#connected.connection;
    return [new InputStream(received, this.#context), new OutputStream(sent, this.#context)];
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

  /** No operating system gives the connection an address: it is one of this machine, of a port for such ends. */
  localAddress(): IpSocketAddress {
    this.#requireConnected();
    const port = 49_152;
    if (this.#family === "ipv4") return { tag: "ipv4", val: { port, address: [127, 0, 0, 1] } };
    return { tag: "ipv6", val: { port, flowInfo: 0, address: [0, 0, 0, 0, 0, 0, 0, 1], scopeId: 0 } };
  }

  remoteAddress(): IpSocketAddress {
    return this.#requireConnected().remote;
  }

  /** A server that can send back nothing more takes nothing more either. */
  shutdown(how: "receive" | "send" | "both"): void {
    const { connection } = this.#requireConnected();
    if (how !== "receive") connection.sent.end();
    if (how !== "send") connection.received.cancel();
  }

  #requireConnected(): Connected {
    if (!this.#connected || this.#connected.isPending) throw networkError("invalid-state");
    return this.#connected;
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

  /** Nothing takes its time: a connection is there at once. */
  subscribe(): Pollable {
    return readyPollable(this.#context);
  }
}
