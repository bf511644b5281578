import type { ByteString } from "./byte-string.ts";
import type { TouchedKeys } from "./command.ts";
import { type Entry, entryBytes } from "./entry.ts";
import { Keyspace } from "./keyspace.ts";
import { valueBytes } from "./limits.ts";
import { RedisError, type Reply, redisError } from "./reply.ts";

/** One run of a command on the keys that it touches. */
export interface Access {
  dataSet: string;
  keys: TouchedKeys;
  writes: boolean;
  run: (keyspace: Keyspace) => Reply;
}

/** Keeps data sets, each by its name. */
export interface DataSets {
  /**
   * Runs a command alone: what it reads does not change until all that it writes is there. Rejects with the
   * `RedisError` of the command, which then has changed nothing, or with a `PlaygroundError` (`store-unavailable`).
   */
  access(access: Access): Promise<Reply>;
}

/** A key as it is stored; its bytes are counted once, when it is written. */
export interface StoredEntry {
  entry: Entry;
  bytes: number;
}

/** What a run comes to: its reply, what is to be stored (`undefined` for a key that is gone), and the bytes of the data set. */
export interface Outcome {
  reply: Reply;
  changes: [key: ByteString, stored: StoredEntry | undefined][];
  bytes: number;
}

/** What is stored before a run. */
export interface Before {
  /** The touched keys that there are, in the order of their bytes where all are touched. */
  stored: ReadonlyMap<ByteString, StoredEntry>;
  /** The size of the data set, and the largest that it may have; not looked at for a command that only reads. */
  bytes: number;
  mostBytes: number;
}

export function runOn({ stored, bytes, mostBytes }: Before, access: Access): Outcome {
  const entries = new Map([...stored].map(([key, { entry }]) => [key, entry]));
  const keyspace = new Keyspace(entries, Date.now());
  const reply = access.run(keyspace);
  if (!access.writes) return { reply, changes: [], bytes };
  const changes = keyspace.changes().map(([key, entry]): Outcome["changes"][number] => {
    if (entry === undefined) return [key, undefined];
    const size = entryBytes(key, entry);
    if (size > valueBytes) {
      throw redisError(`a key and its value are larger than ${String(valueBytes)} bytes, the limit of this Redis`);
    }
    return [key, { entry, bytes: size }];
  });
  const grown = changes.reduce((sum, [key, next]) => sum + (next?.bytes ?? 0) - (stored.get(key)?.bytes ?? 0), 0);
  if (grown > 0 && bytes + grown > mostBytes) {
    throw new RedisError("OOM command not allowed when used memory > 'maxmemory'.");
  }
  return { reply, changes, bytes: bytes + grown };
}
