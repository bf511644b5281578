import type { ByteString } from "./byte-string.ts";
import { type Entry, emptyValues, isEmpty, type Values, type ValueType } from "./entry.ts";
import { RedisError } from "./reply.ts";

/**
 * The keys that a command touches, as they were when its transaction began, and what it changes. Values are the
 * command's own copies: a list that it pushes to is written only if the command says so by `open` or `put`.
 */
export class Keyspace {
  /** When the command began, in milliseconds since 1970. */
  readonly now: number;
  readonly #entries: Map<ByteString, Entry>;
  readonly #changed = new Set<ByteString>();

  constructor(entries: Map<ByteString, Entry>, now: number) {
    this.now = now;
    this.#entries = entries;
    for (const [key, { expiresAt }] of entries) {
      if (expiresAt !== undefined && expiresAt <= now) this.delete(key);
    }
  }

  /** Keys in the order of their bytes. */
  keys(): ByteString[] {
    return [...this.#entries.keys()];
  }

  has(key: ByteString): boolean {
    return this.#entries.has(key);
  }

  entry(key: ByteString): Entry | undefined {
    return this.#entries.get(key);
  }

  /** The value of a key, or `undefined` when there is no such key. Fails when the key has a value of another type. */
  read<Type extends ValueType>(key: ByteString, type: Type): Values[Type] | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.type !== type) throw wrongType();
    return entry.value as Values[Type];
  }

  /** The same for writing into it: a key that there is not gets an empty value, one that is left empty is deleted. */
  open<Type extends Exclude<ValueType, "string">>(key: ByteString, type: Type): Values[Type] {
    const value = this.read(key, type) ?? emptyValues[type]();
    if (!this.#entries.has(key)) this.put(key, type, value);
    this.#changed.add(key);
    return value;
  }

  /** Replaces whatever the key has, its time of expiry too. */
  put<Type extends ValueType>(key: ByteString, type: Type, value: Values[Type], expiresAt?: number): void {
    this.putEntry(key, { type, value, ...(expiresAt !== undefined && { expiresAt }) } as Entry);
  }

  putEntry(key: ByteString, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#changed.add(key);
    if (entry.expiresAt !== undefined && entry.expiresAt <= this.now) this.delete(key);
  }

  /** Replaces a string and leaves its time of expiry as it is. */
  replaceString(key: ByteString, value: ByteString): void {
    this.put(key, "string", value, this.#entries.get(key)?.expiresAt);
  }

  /** Sets or, with `undefined`, removes the time of expiry. A time that is past deletes the key. */
  expire(key: ByteString, expiresAt: number | undefined): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    const { expiresAt: _, ...rest } = entry;
    this.putEntry(key, expiresAt === undefined ? rest : { ...rest, expiresAt });
  }

  /** Whether there was such a key. */
  delete(key: ByteString): boolean {
    if (!this.#entries.delete(key)) return false;
    this.#changed.add(key);
    return true;
  }

  /** What is to be written: the entry of each changed key, or `undefined` for one that is gone. */
  changes(): [key: ByteString, entry: Entry | undefined][] {
    return [...this.#changed].map((key) => {
      const entry = this.#entries.get(key);
      return [key, entry !== undefined && isEmpty(entry) ? undefined : entry];
    });
  }
}

function wrongType(): RedisError {
  return new RedisError("WRONGTYPE Operation against a key holding the wrong kind of value");
}
