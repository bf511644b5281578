import type { ByteString } from "./byte-string.ts";
import type { Keyspace } from "./keyspace.ts";
import type { Reply } from "./reply.ts";

/** The keys that a command touches: those named, or all keys of its data set. */
export type TouchedKeys = readonly ByteString[] | "all";

/** A command of Redis that reads or changes keys. What it does is done at once, in one transaction. */
export interface Command {
  /** Number of words with the command's name; a negative one means at least so many (as in Redis' own tables). */
  readonly arity: number;
  readonly writes: boolean;
  /** May fail with a `RedisError`, as `run` may: then nothing is changed. */
  keys(args: readonly ByteString[]): TouchedKeys;
  run(keyspace: Keyspace, args: readonly ByteString[]): Reply;
}

export type Commands = Readonly<Record<string, Command>>;

/** Where in the arguments the keys are. */
type FindKeys = Command["keys"];

/** The argument at a place that the command's arity says is there. */
export function at(args: readonly ByteString[], index: number): ByteString {
  return args[index] ?? "";
}

export const firstKey: FindKeys = (args) => args.slice(0, 1);
export const twoKeys: FindKeys = (args) => args.slice(0, 2);
export const everyKey: FindKeys = (args) => args;
export const allKeys: FindKeys = () => "all";

export function reads(arity: number, run: Command["run"], keys: FindKeys = firstKey): Command {
  return { arity, writes: false, keys, run };
}

export function writes(arity: number, run: Command["run"], keys: FindKeys = firstKey): Command {
  return { arity, writes: true, keys, run };
}

/** Whether Redis takes so many words (the command's name and its arguments) for a command of this arity. */
export function fitsArity(arity: number, words: number): boolean {
  return arity < 0 ? words >= -arity : words === arity;
}
