import { createStore, promisifyRequest } from "idb-keyval";
import { storageFailure } from "../storage-failure.ts";
import type { ByteString } from "./byte-string.ts";
import { type Access, type DataSets, type Outcome, runOn, type StoredEntry } from "./data-sets.ts";
import { RedisError, type Reply } from "./reply.ts";

export interface DataSetOptions {
  /** The most bytes that one data set may have, as it is now. */
  mostBytes: () => number;
  databaseName?: string;
}

/**
 * The data sets of this origin, in one IndexedDB database with one object store. A key is `[data set, key]`; `[data set]`
 * alone has the number of its bytes. A command is one transaction, so commands of several workers and tabs never mix.
 * The database is opened by the first command: most applications use none.
 */
export function createIndexedDbDataSets({ mostBytes, databaseName = "spin-redis" }: DataSetOptions): DataSets {
  let opened: ReturnType<typeof createStore> | undefined;
  return {
    async access(access) {
      opened ??= createStore(databaseName, "entries");
      try {
        return await opened(access.writes ? "readwrite" : "readonly", (store) => transact(store, access, mostBytes()));
      } catch (error) {
        if (error instanceof RedisError) throw error;
        throw storageFailure(error, "data of Redis");
      }
    },
  };
}

/** Settles when the transaction has completed: from then on the change survives a reload and is seen by others. */
async function transact(store: IDBObjectStore, access: Access, mostBytes: number): Promise<Reply> {
  const completed = promisifyRequest(store.transaction);
  const [{ reply }] = await Promise.all([run(store, access, mostBytes), completed]);
  return reply;
}

async function run(store: IDBObjectStore, access: Access, mostBytes: number): Promise<Outcome> {
  const { dataSet, writes } = access;
  const [bytes, stored] = await Promise.all([
    writes ? promisifyRequest<unknown>(store.get([dataSet])) : 0,
    access.keys === "all" ? readAll(store, dataSet) : readKeys(store, dataSet, access.keys),
  ]);
  const outcome = runOn({ stored, bytes: Number(bytes ?? 0), mostBytes }, access);
  if (outcome.changes.length === 0) return outcome;
  // A failed request names its reason; the transaction, at that moment, does not yet.
  await Promise.all([
    promisifyRequest(store.put(outcome.bytes, [dataSet])),
    ...outcome.changes.map(async ([key, entry]) => {
      if (entry) await promisifyRequest(store.put(entry, [dataSet, key]));
      else await promisifyRequest(store.delete([dataSet, key]));
    }),
  ]);
  return outcome;
}

type Stored = Map<ByteString, StoredEntry>;

async function readKeys(store: IDBObjectStore, dataSet: string, keys: readonly ByteString[]): Promise<Stored> {
  const found = [...new Set(keys)].map(async (key) => {
    const stored = await promisifyRequest(store.get([dataSet, key]) as IDBRequest<StoredEntry | undefined>);
    return stored ? ([key, stored] as const) : undefined;
  });
  return new Map((await Promise.all(found)).filter((entry) => entry !== undefined));
}

async function readAll(store: IDBObjectStore, dataSet: string): Promise<Stored> {
  // In IndexedDB's order of keys an array sorts after every string, and one that begins another before it.
  const range = IDBKeyRange.bound([dataSet], [dataSet, []], true);
  const [keys, entries] = await Promise.all([
    promisifyRequest(store.getAllKeys(range)) as Promise<unknown> as Promise<[string, ByteString][]>,
    promisifyRequest(store.getAll(range) as IDBRequest<StoredEntry[]>),
  ]);
  return new Map(keys.flatMap(([, key], index) => (entries[index] ? [[key, entries[index]] as const] : [])));
}
