import { failure } from "./wit-error.ts";

/** A part of a WIT resource that is handed out once; every later try is an `err`. */
export class Once<T> {
  #value: T | undefined;

  constructor(value: T) {
    this.#value = value;
  }

  take(): T {
    const value = this.takeIfThere();
    if (value === undefined) throw failure();
    return value;
  }

  /** The same for the host, to whom nothing is no failure. */
  takeIfThere(): T | undefined {
    const value = this.#value;
    this.#value = undefined;
    return value;
  }
}
