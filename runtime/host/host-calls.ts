import type { HostCallTable } from "../protocol.ts";
import { describePayload, WitError } from "./wit-error.ts";

/**
 * What the glue of an instance tells of its host calls (see `component/slim-glue.ts`). Calls are numbers, since they are
 * noted for every request: names are looked up when somebody wants to see them. Times are those of `performance.now()`.
 */
export interface HostCalls {
  /** Before a call; returns what `leave` and `fail` want to have. */
  enter(): number;
  /** The call has returned, or its promise is settled. */
  leave(call: number, entered: number): void;
  fail(call: number, entered: number, error: unknown): void;
}

/** For instances whose calls nobody wants to know. */
export const noHostCalls: HostCalls = { enter: () => 0, leave: () => undefined, fail: () => undefined };

/** The host calls of one instance, at most `most` of them; the others are counted. */
export class NotedHostCalls implements HostCalls {
  readonly #most: number;
  readonly #names: readonly string[];
  readonly #calls: number[] = [];
  readonly #entered: number[] = [];
  readonly #left: number[] = [];
  readonly #errors: [index: number, error: string][] = [];
  #dropped = 0;

  /** `names`: what the numbers stand for, as `wasi:io/streams@0.2.10#[method]output-stream.write`. */
  constructor(names: readonly string[], most: number) {
    this.#names = names;
    this.#most = most;
  }

  enter(): number {
    return performance.now();
  }

  leave(call: number, entered: number): void {
    if (this.#calls.length >= this.#most) {
      this.#dropped += 1;
      return;
    }
    this.#calls.push(call);
    this.#entered.push(entered);
    this.#left.push(performance.now());
  }

  fail(call: number, entered: number, error: unknown): void {
    if (this.#calls.length < this.#most) this.#errors.push([this.#calls.length, errorText(error)]);
    this.leave(call, entered);
  }

  /** The calls so far, with times that count from `origin`; `undefined` when there are none. */
  table(origin: number): HostCallTable | undefined {
    if (this.#calls.length === 0) return undefined;
    const used = [...new Set(this.#calls)];
    const place = new Map(used.map((call, index) => [call, index]));
    return {
      names: used.map((call) => this.#names[call] ?? ""),
      calls: Uint16Array.from(this.#calls, (call) => place.get(call) ?? 0),
      at: Float32Array.from(this.#entered, (entered) => entered - origin),
      durations: Float32Array.from(this.#left, (left, index) => left - (this.#entered[index] ?? left)),
      errors: this.#errors.slice(),
      dropped: this.#dropped,
    };
  }
}

/** The error case for the guest, or what ended it. */
function errorText(error: unknown): string {
  if (error instanceof WitError) return describePayload(error.payload);
  return error instanceof Error ? error.message : String(error);
}
