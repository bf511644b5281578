import { createStore, get, set } from "idb-keyval";
import type { StoredCookie } from "./jar.ts";

export interface JarRecord {
  cookies: readonly StoredCookie[];
  /** The browser's session in which they were stored; missing where it cannot be told. */
  session?: string;
}

export interface JarStorage {
  load(): Promise<JarRecord>;
  save(record: JarRecord): Promise<void>;
}

/** Keeps the jar in IndexedDB of the application origin. Where the browser refuses that, it lasts as long as the service worker. */
export function createJarStorage(): JarStorage {
  const store = createStore("spin-playground-cookies", "jar");
  return {
    async load() {
      try {
        return (await get<JarRecord>("jar", store)) ?? { cookies: [] };
      } catch (error) {
        console.warn("The cookies of this application could not be read:", error);
        return { cookies: [] };
      }
    },
    async save(record) {
      try {
        await set("jar", record, store);
      } catch (error) {
        console.warn("The cookies of this application could not be stored:", error);
      }
    },
  };
}
