import { RequestOptions as Timeouts } from "../wasi-http-outgoing-request.ts";
import { WitError } from "../wit-error.ts";

/** `wasi:http/types.request-options`: time-outs in nanoseconds. */
export class RequestOptions {
  readonly timeouts: Timeouts;
  readonly #isImmutable: boolean;

  constructor(timeouts = new Timeouts(), isImmutable = false) {
    this.timeouts = timeouts;
    this.#isImmutable = isImmutable;
  }

  getConnectTimeout(): bigint | undefined {
    return this.timeouts.connectTimeout();
  }

  setConnectTimeout(duration: bigint | undefined): void {
    this.#mutable().setConnectTimeout(duration);
  }

  getFirstByteTimeout(): bigint | undefined {
    return this.timeouts.firstByteTimeout();
  }

  setFirstByteTimeout(duration: bigint | undefined): void {
    this.#mutable().setFirstByteTimeout(duration);
  }

  getBetweenBytesTimeout(): bigint | undefined {
    return this.timeouts.betweenBytesTimeout();
  }

  setBetweenBytesTimeout(duration: bigint | undefined): void {
    this.#mutable().setBetweenBytesTimeout(duration);
  }

  /** A mutable copy. */
  clone(): RequestOptions {
    const copy = new RequestOptions();
    copy.setConnectTimeout(this.getConnectTimeout());
    copy.setFirstByteTimeout(this.getFirstByteTimeout());
    copy.setBetweenBytesTimeout(this.getBetweenBytesTimeout());
    return copy;
  }

  /** The same options as a resource of their own, which cannot change them. */
  view(): RequestOptions {
    return new RequestOptions(this.timeouts, true);
  }

  #mutable(): Timeouts {
    if (this.#isImmutable) throw new WitError({ tag: "immutable" });
    return this.timeouts;
  }
}
