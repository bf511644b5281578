import { createStore, promisifyRequest } from "idb-keyval";
import { storageFailure } from "../storage-failure.ts";

/** What is stored of a database as a whole. It lies under the key `[label, -1]`, before the blocks `[label, 0…]`. */
interface Head {
  /** One more with each change, so that another thread sees that what it has in memory is old. */
  version: number;
  /** Bytes. */
  size: number;
}

export interface StoredFile extends Head {
  blocks: Uint8Array[];
}

export interface ChangedFile extends Head {
  /** How many blocks the file has; those behind are deleted. */
  blocks: number;
  changed: [number, Uint8Array][];
}

const empty: Head = { version: 0, size: 0 };

/** The database files of an origin in IndexedDB, by label, cut into blocks. Failures have the code `store-unavailable`. */
export class StoredBlocks {
  readonly #transact: ReturnType<typeof createStore>;

  constructor(databaseName = "spin-sqlite") {
    this.#transact = createStore(databaseName, "blocks");
  }

  /** 0 for a database that was never written. */
  async version(label: string): Promise<number> {
    const head = await this.#read((blocks) => blocks.get([label, -1]) as IDBRequest<Head | undefined>);
    return head?.version ?? empty.version;
  }

  async load(label: string): Promise<StoredFile> {
    // In IndexedDB's order of keys an array sorts after every number: [label, []] follows all blocks of the label.
    const range = IDBKeyRange.bound([label, -1], [label, []]);
    const [head, ...blocks] = await this.#read((all) => all.getAll(range));
    return { ...((head as Head | undefined) ?? empty), blocks: blocks as Uint8Array[] };
  }

  /** All or nothing, and durable when it resolves. */
  async save(label: string, { version, size, blocks, changed }: ChangedFile): Promise<void> {
    try {
      await this.#transact("readwrite", async (all) => {
        const completed = promisifyRequest(all.transaction);
        const head: Head = { version, size };
        all.put(head, [label, -1]);
        for (const [index, bytes] of changed) all.put(bytes, [label, index]);
        all.delete(IDBKeyRange.bound([label, blocks], [label, []]));
        await completed;
      });
    } catch (error) {
      throw storageFailure(error);
    }
  }

  async #read<T>(ask: (blocks: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    try {
      return await this.#transact("readonly", (blocks) => promisifyRequest(ask(blocks)));
    } catch (error) {
      throw storageFailure(error);
    }
  }
}
