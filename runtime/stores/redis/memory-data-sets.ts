import type { ByteString } from "./byte-string.ts";
import { type DataSets, runOn, type StoredEntry } from "./data-sets.ts";

/** Data sets of one thread that are gone with it, for tests and measurements. */
export function createMemoryDataSets(mostBytes = Infinity): DataSets {
  const all = new Map<string, Map<ByteString, StoredEntry>>();
  return {
    async access(access) {
      const dataSet = all.get(access.dataSet) ?? new Map<ByteString, StoredEntry>();
      all.set(access.dataSet, dataSet);
      const touched = (access.keys === "all" ? [...dataSet.keys()].sort() : access.keys).flatMap((key) => {
        const stored = dataSet.get(key);
        return stored ? [[key, structuredClone(stored)] as const] : [];
      });
      const bytes = [...dataSet.values()].reduce((sum, { bytes }) => sum + bytes, 0);
      const { reply, changes } = runOn({ stored: new Map(touched), bytes, mostBytes }, access);
      for (const [key, stored] of changes) {
        if (stored) dataSet.set(key, stored);
        else dataSet.delete(key);
      }
      return reply;
    },
  };
}
