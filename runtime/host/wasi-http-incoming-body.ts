import type { ByteSource } from "./byte-stream.ts";
import type { HttpErrorCode, InstanceContext } from "./context.ts";
import { drain } from "./drain.ts";
import { Once } from "./once.ts";
import type { Waitable } from "./wakeup.ts";
import { Fields, type FieldEntry, withoutForbidden } from "./wasi-http-fields.ts";
import { errorCodeOf, type Result } from "./wasi-http-types.ts";
import { InputStream } from "./wasi-io-input-stream.ts";
import { Pollable } from "./wasi-io-poll.ts";

/** `wasi:http/types.incoming-body`. */
export class IncomingBody {
  readonly #context: InstanceContext;
  readonly #source: ByteSource;
  readonly #trailers: Promise<FieldEntry[]> | undefined;
  readonly #stream: Once<InputStream>;

  /** `trailers` settle (never reject) at the end of the body; left out where there can be none. */
  constructor(context: InstanceContext, source: ByteSource, trailers?: Promise<FieldEntry[]>) {
    this.#context = context;
    this.#source = source;
    this.#trailers = trailers;
    this.#stream = new Once(new InputStream(source, context));
  }

  stream(): InputStream {
    return this.#stream.take();
  }

  static finish(body: IncomingBody): FutureTrailers {
    return new FutureTrailers(body.#context, body.#source, body.#trailers);
  }

  /** Dropped without `finish`: bytes that were not read are dropped too, and their sender is told. */
  [Symbol.dispose](): void {
    this.#source.cancel();
  }
}

type Trailers = Result<Fields | undefined, HttpErrorCode>;

/**
 * `wasi:http/types.future-trailers`. Trailers come after the body: who waits for them reads what is left of it, and forgets
 * it (Wasmtime). Who drops them without waiting wants no more of the body either.
 */
export class FutureTrailers {
  readonly #context: InstanceContext;
  readonly #source: ByteSource;
  readonly #trailers: Promise<FieldEntry[]> | undefined;
  readonly #waitable: Waitable;
  #outcome: Trailers | undefined;
  #waiting: Promise<void> | undefined;
  #told = false;

  constructor(context: InstanceContext, source: ByteSource, trailers: Promise<FieldEntry[]> | undefined) {
    this.#context = context;
    this.#source = source;
    this.#trailers = trailers;
    if (source.state === "failed" || (source.state === "ended" && trailers === undefined)) this.#settle([]);
    const hasSettled = (): boolean => this.#outcome !== undefined;
    this.#waitable = {
      get isReady() {
        return hasSettled();
      },
      ready: () => (hasSettled() ? Promise.resolve() : (this.#waiting ??= this.#receive())),
    };
  }

  subscribe(): Pollable {
    return new Pollable(this.#waitable, this.#context);
  }

  /** `none` until they are there, `some(ok(…))` once, then `some(err)`. */
  get(): Result<Trailers, undefined> | undefined {
    if (this.#outcome === undefined) return undefined;
    if (this.#told) return { tag: "err", val: undefined };
    this.#told = true;
    return { tag: "ok", val: this.#outcome };
  }

  [Symbol.dispose](): void {
    this.#source.cancel();
  }

  async #receive(): Promise<void> {
    await drain(this.#source);
    this.#settle((await this.#trailers) ?? []);
  }

  #settle(entries: FieldEntry[]): void {
    const { state, failure } = this.#source;
    const given = withoutForbidden(entries);
    if (state === "failed") this.#outcome = { tag: "err", val: errorCodeOf(failure) };
    else this.#outcome = { tag: "ok", val: given.length > 0 ? Fields.immutable(given) : undefined };
  }
}
