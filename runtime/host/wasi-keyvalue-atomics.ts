import type { InstanceContext } from "./context.ts";
import { awaitStore, type StoreError } from "./fermyon-spin-store-access.ts";
import type { Bucket } from "./wasi-keyvalue.ts";
import { WitError } from "./wit-error.ts";

/** `wasi:keyvalue/atomics.cas-error`; the handle in `cas-failed` is a new one, which has read the current value. */
export type CasError = { tag: "store-error"; val: StoreError } | { tag: "cas-failed"; val: Cas };

/** The resource `cas`: remembers what its holder saw last of one key. */
export interface Cas {
  /** The value that the key has now; a following `swap` relies on it. */
  current(): Promise<Uint8Array | undefined>;
}

/** `wasi:keyvalue/atomics@0.2.0-draft2`. */
export function wasiKeyvalueAtomics(context: InstanceContext) {
  // Made for each instance, since jco calls the static `new` with nothing but the WIT arguments.
  class OpenCas implements Cas {
    readonly #bucket: Bucket;
    readonly #key: string;
    /** `undefined` until `current` is called: a swap then asks for the key to be missing, as in Spin. */
    #seen: Uint8Array | undefined;

    private constructor(bucket: Bucket, key: string) {
      this.#bucket = bucket;
      this.#key = key;
    }

    static async new(bucket: Bucket, key: string): Promise<OpenCas> {
      return new OpenCas(bucket, key);
    }

    async current(): Promise<Uint8Array | undefined> {
      this.#seen = await this.#bucket.get(this.#key);
      return this.#seen?.slice();
    }

    /** Writes in one transaction unless the value differs from the one seen. Resolves to whether it wrote. */
    async swap(value: Uint8Array): Promise<boolean> {
      let swapped = false;
      const update = context.backEnds.keyValue.update(this.#bucket.label, this.#key, (old) => {
        swapped = sameBytes(old, this.#seen);
        return swapped ? value : undefined;
      });
      await awaitStore(context, update);
      return swapped;
    }

    /** A handle for the same key that has read the value it has now. */
    async renewed(): Promise<OpenCas> {
      const next = new OpenCas(this.#bucket, this.#key);
      await next.current();
      return next;
    }
  }

  return {
    Cas: OpenCas,

    /** The value is an 8-byte little-endian signed integer, a missing one counts as 0. Resolves to the new value. */
    increment: async (bucket: Bucket, key: string, delta: bigint): Promise<bigint> => {
      let result = 0n;
      const update = context.backEnds.keyValue.update(bucket.label, key, (old) => {
        result = (old === undefined ? 0n : decodeInteger(old, key)) + delta;
        return encodeInteger(result, key);
      });
      await awaitStore(context, update);
      return result;
    },

    swap: async (cas: OpenCas, value: Uint8Array): Promise<void> => {
      const failed = await asCasError(async () => ((await cas.swap(value)) ? undefined : cas.renewed()));
      if (failed !== undefined) throw new WitError<CasError>({ tag: "cas-failed", val: failed });
    },
  };
}

/** `swap` has an error type of its own, in which an error of the store is one case. */
async function asCasError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof WitError)) throw error;
    throw new WitError<CasError>({ tag: "store-error", val: error.payload as StoreError });
  }
}

function decodeInteger(bytes: Uint8Array, key: string): bigint {
  if (bytes.byteLength !== 8) {
    const val = `the value of ${JSON.stringify(key)} is not an 8-byte integer, it has ${bytes.byteLength} bytes`;
    throw new WitError<StoreError>({ tag: "other", val });
  }
  return new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true);
}

function encodeInteger(value: bigint, key: string): Uint8Array {
  if (value !== BigInt.asIntN(64, value)) {
    const val = `the increment of ${JSON.stringify(key)} leaves the range of a 64-bit integer`;
    throw new WitError<StoreError>({ tag: "other", val });
  }
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, value, true);
  return bytes;
}

function sameBytes(left: Uint8Array | undefined, right: Uint8Array | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.byteLength === right.byteLength && left.every((byte, index) => byte === right[index]);
}
