/**
 * The WIT interfaces that guest code imports by specifier, as the engine offers them: results throw their error as
 * `.payload`, options are `undefined` when there is none, 64-bit integers are bigint.
 */
declare module "fermyon:spin/key-value@2.0.0" {
  export class Store {
    static open(label: string): Store;
    get(key: string): Uint8Array | undefined;
    set(key: string, value: Uint8Array): void;
    delete(key: string): void;
    exists(key: string): boolean;
    getKeys(): string[];
  }
}

declare module "fermyon:spin/variables@2.0.0" {
  export function get(name: string): string;
}

declare module "fermyon:spin/sqlite@2.0.0" {
  export type Value =
    | { tag: "integer"; val: bigint }
    | { tag: "real"; val: number }
    | { tag: "text"; val: string }
    | { tag: "blob"; val: Uint8Array }
    | { tag: "null" };
  export class Connection {
    static open(database: string): Connection;
    execute(statement: string, parameters: Value[]): { columns: string[]; rows: { values: Value[] }[] };
  }
}

declare module "fermyon:spin/postgres@2.0.0" {
  export type DbDataType =
    | "boolean"
    | "int8"
    | "int16"
    | "int32"
    | "int64"
    | "uint8"
    | "uint16"
    | "uint32"
    | "uint64"
    | "floating32"
    | "floating64"
    | "str"
    | "binary"
    | "other";
  export type ParameterValue =
    | { tag: "boolean"; val: boolean }
    | { tag: "int8" | "int16" | "int32" | "uint8" | "uint16" | "uint32" | "floating32" | "floating64"; val: number }
    | { tag: "int64" | "uint64"; val: bigint }
    | { tag: "str"; val: string }
    | { tag: "binary"; val: Uint8Array }
    | { tag: "db-null" };
  export interface RowSet {
    columns: { name: string; dataType: DbDataType }[];
    rows: (ParameterValue | { tag: "unsupported" })[][];
  }
  export class Connection {
    static open(address: string): Connection;
    query(statement: string, params: ParameterValue[]): RowSet;
    execute(statement: string, params: ParameterValue[]): bigint;
  }
}

declare module "fermyon:spin/redis@2.0.0" {
  export type RedisParameter = { tag: "int64"; val: bigint } | { tag: "binary"; val: Uint8Array };
  export type RedisResult = { tag: "nil" } | { tag: "status"; val: string } | RedisParameter;
  export class Connection {
    static open(address: string): Connection;
    publish(channel: string, payload: Uint8Array): void;
    get(key: string): Uint8Array | undefined;
    set(key: string, value: Uint8Array): void;
    incr(key: string): bigint;
    del(keys: string[]): number;
    sadd(key: string, values: string[]): number;
    smembers(key: string): string[];
    srem(key: string, values: string[]): number;
    execute(command: string, parameters: RedisParameter[]): RedisResult[];
  }
}

declare module "fermyon:spin/llm@2.0.0" {
  export interface InferencingParams {
    maxTokens: number;
    repeatPenalty: number;
    repeatPenaltyLastNTokenCount: number;
    temperature: number;
    topK: number;
    topP: number;
  }
  export interface InferencingResult {
    text: string;
    usage: { promptTokenCount: number; generatedTokenCount: number };
  }
  export interface EmbeddingsResult {
    embeddings: number[][];
    usage: { promptTokenCount: number };
  }
  export function infer(model: string, prompt: string, params?: InferencingParams): InferencingResult;
  export function generateEmbeddings(model: string, text: string[]): EmbeddingsResult;
}

declare module "wasi:cli/environment@0.2.10" {
  export function getEnvironment(): [name: string, value: string][];
}

declare module "wasi:config/store@0.2.0-draft-2024-09-27" {
  export function get(key: string): string | undefined;
  export function getAll(): [key: string, value: string][];
}

declare module "wasi:keyvalue/store@0.2.0-draft2" {
  export class Bucket {
    get(key: string): Uint8Array | undefined;
    set(key: string, value: Uint8Array): void;
    delete(key: string): void;
    exists(key: string): boolean;
    listKeys(cursor?: string): { keys: string[]; cursor?: string };
  }
  export function open(identifier: string): Bucket;
}

declare module "wasi:keyvalue/atomics@0.2.0-draft2" {
  import type { Bucket } from "wasi:keyvalue/store@0.2.0-draft2";
  export class Cas {
    static new(bucket: Bucket, key: string): Cas;
    current(): Uint8Array | undefined;
  }
  export function increment(bucket: Bucket, key: string, delta: bigint): bigint;
  export function swap(cas: Cas, value: Uint8Array): void;
}

declare module "wasi:keyvalue/batch@0.2.0-draft2" {
  import type { Bucket } from "wasi:keyvalue/store@0.2.0-draft2";
  export function getMany(bucket: Bucket, keys: string[]): [key: string, value: Uint8Array | undefined][];
  export function setMany(bucket: Bucket, values: [key: string, value: Uint8Array][]): void;
  export function deleteMany(bucket: Bucket, keys: string[]): void;
}
