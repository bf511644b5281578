/** The global `spinSdk` of the Spin 1.0 SDK, and the modules `Config`, `Kv`, … that versions 0.5 and 0.6 export. */
import { Connection } from "fermyon:spin/redis@2.0.0";
import { Store } from "fermyon:spin/key-value@2.0.0";
import type { RedisParameter } from "fermyon:spin/redis@2.0.0";
import { get as getVariable } from "fermyon:spin/variables@2.0.0";
import { generateEmbeddings, infer } from "../spin-llm.ts";
import { open as openSqlite, openDefault as openDefaultSqlite } from "../spin-sqlite.ts";

type Bytes = ArrayBuffer | Uint8Array | string;

/** Bytes of a string (UTF-8), a buffer, or a view of one. */
export function toBytes(value: ArrayBuffer | ArrayBufferView | string): Uint8Array {
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

/** The buffer of a view's bytes alone. */
export function toBuffer(value: ArrayBuffer | ArrayBufferView | string): ArrayBuffer {
  return toBytes(value).slice().buffer;
}

const optionalBuffer = (value: Uint8Array | undefined): ArrayBuffer | null => (value ? toBuffer(value) : null);

export interface KvStore {
  get(key: string): ArrayBuffer | null;
  set(key: string, value: Bytes): void;
  delete(key: string): void;
  exists(key: string): boolean;
  getKeys(): string[];
  getJson(key: string): any;
  setJson(key: string, value: any): void;
}

function openKv(name: string): KvStore {
  const store = Store.open(name);
  const set = (key: string, value: Bytes) => store.set(key, toBytes(value));
  return {
    get: (key) => optionalBuffer(store.get(key)),
    set,
    delete: (key) => store.delete(key),
    exists: (key) => store.exists(key),
    getKeys: () => store.getKeys(),
    getJson(key) {
      const value = store.get(key);
      return value === undefined ? null : JSON.parse(new TextDecoder().decode(value));
    },
    setJson: (key, value) => set(key, JSON.stringify(value)),
  };
}

export const Kv = { open: openKv, openDefault: () => openKv("default") };
export const Config = { get: getVariable };
export const Sqlite = { open: openSqlite, openDefault: openDefaultSqlite };
export const Llm = { infer, generateEmbeddings };

/** Every call names the address: the old interface had no connections. */
export const Redis = {
  get: (address: string, key: string) => optionalBuffer(Connection.open(address).get(key)),
  set: (address: string, key: string, value: Bytes) => Connection.open(address).set(key, toBytes(value)),
  incr: (address: string, key: string) => Connection.open(address).incr(key),
  publish: (address: string, channel: string, value: Bytes) =>
    Connection.open(address).publish(channel, toBytes(value)),
  del: (address: string, keys: string[]) => BigInt(Connection.open(address).del(keys)),
  sadd: (address: string, key: string, values: string[]) => BigInt(Connection.open(address).sadd(key, values)),
  smembers: (address: string, key: string) => Connection.open(address).smembers(key),
  srem: (address: string, key: string, values: string[]) => BigInt(Connection.open(address).srem(key, values)),
  execute: (address: string, command: string, parameters: (bigint | Bytes)[]) =>
    Connection.open(address)
      .execute(command, parameters.map(redisParameter))
      .map((result) => {
        if (result.tag === "nil") return null;
        return result.tag === "binary" ? toBuffer(result.val) : result.val;
      }),
};

function redisParameter(value: bigint | Bytes): RedisParameter {
  return typeof value === "bigint" ? { tag: "int64", val: value } : { tag: "binary", val: toBytes(value) };
}

export const spinSdk = { config: Config, redis: Redis, kv: Kv, sqlite: Sqlite, llm: Llm };
