import type { InstanceToPostgres, PostgresToInstance } from "../../protocol.ts";
import type { PostgresAddress } from "./address.ts";
import type { Connection, Database } from "./database.ts";
import { PostgresFailure } from "./values.ts";

/** Serves the instance workers of one engine with the databases of the origin. */
export class Broker {
  readonly #spawn: (name: string) => Database;
  readonly #databases = new Map<string, Database>();
  /** By instance worker, and by the name that the worker has for it. */
  readonly #connections = new Map<number, Map<number, Connection>>();

  /** @param spawn a database by the name of its data */
  constructor(spawn: (name: string) => Database) {
    this.#spawn = spawn;
  }

  connect(workerId: number, port: MessagePort): void {
    const connections = new Map<number, Connection>();
    this.#connections.set(workerId, connections);
    const post = (message: PostgresToInstance): void => port.postMessage(message);
    port.addEventListener("message", ({ data }: MessageEvent<InstanceToPostgres>) => {
      if (data.type === "open") void this.#open(data, connections, post);
      else if (data.type === "run") void run(data, connections, post);
      else this.#close(data.connection, connections);
    });
    port.start();
  }

  /** An instance worker was ended, and with it the requests that had the connections. */
  drop(workerId: number): void {
    for (const connection of this.#connections.get(workerId)?.values() ?? []) connection.close();
    this.#connections.delete(workerId);
  }

  /** Another tab wants this data. */
  handOver(name: string): void {
    this.#databases.get(name)?.handOver();
  }

  async #open(
    { connection: id, address, limitMs }: Extract<InstanceToPostgres, { type: "open" }>,
    connections: Map<number, Connection>,
    post: (message: PostgresToInstance) => void,
  ): Promise<void> {
    try {
      const connection = await this.#database(address).connect(limitMs, () =>
        post({ type: "starting", connection: id }),
      );
      connections.set(id, connection);
      post({ type: "opened", connection: id });
    } catch (error) {
      if (!(error instanceof PostgresFailure)) throw error;
      post({ type: "refused", connection: id, error: error.error });
    }
  }

  #close(id: number, connections: Map<number, Connection>): void {
    connections.get(id)?.close();
    connections.delete(id);
  }

  #database(address: PostgresAddress): Database {
    const name = dataName(address);
    const known = this.#databases.get(name) ?? this.#spawn(name);
    this.#databases.set(name, known);
    return known;
  }
}

/** The data of an address: host, port and database make it. It becomes part of the name of an IndexedDB database. */
function dataName({ host, port, database }: PostgresAddress): string {
  return [host, String(port), database].map(encodeURIComponent).join("_");
}

async function run(
  { connection: id, call, statement, limitMs }: Extract<InstanceToPostgres, { type: "run" }>,
  connections: Map<number, Connection>,
  post: (message: PostgresToInstance) => void,
): Promise<void> {
  const connection = connections.get(id);
  if (!connection) return;
  post({ type: "result", call, result: await connection.run(statement, limitMs) });
}
