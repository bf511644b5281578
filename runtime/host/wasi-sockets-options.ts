import { networkError } from "./wasi-sockets-denial.ts";

/** A socket option: a number with bounds. As in Wasmtime, 0 is an error, and what is out of bounds is brought into them. */
export class SocketOption<Value extends number | bigint> {
  readonly #least: Value;
  readonly #most: Value;
  #value: Value;

  constructor(value: Value, least: Value, most: Value) {
    this.#value = value;
    this.#least = least;
    this.#most = most;
  }

  get(): Value {
    return this.#value;
  }

  set(value: Value): void {
    // Loose, since it is a number or a bigint.
    if (value == 0) throw networkError("invalid-argument");
    if (value < this.#least) this.#value = this.#least;
    else this.#value = value > this.#most ? this.#most : value;
  }
}

const second = 1_000_000_000n;
/** Linux' bound, the lowest of Wasmtime's platforms. */
const longestKeepAlive = 32_767n * second;

/** Linux' defaults, and Wasmtime's bounds. Durations are nanoseconds, buffers bytes. */
export const socketOptions = {
  hopLimit: () => new SocketOption<number>(64, 1, 255),
  keepAliveIdleTime: () => new SocketOption(7200n * second, second, longestKeepAlive),
  keepAliveInterval: () => new SocketOption(75n * second, second, longestKeepAlive),
  keepAliveCount: () => new SocketOption<number>(9, 1, 127),
  bufferSize: (value: bigint) => new SocketOption(value, 1n, 2n ** 31n - 1n),
};
