import type { InstanceToPostgres, PostgresToInstance } from "../../protocol.ts";
import { addressText, readAddress } from "./address.ts";
import type { ConnectOptions, PostgresConnection, PostgresDatabases } from "./postgres-databases.ts";
import type { Outcome, Statement } from "./session.ts";
import { PostgresFailure } from "./values.ts";

export interface PostgresClientOptions {
  /** Gives the other end of a channel to the worker that keeps the databases. Called once, when the first is needed. */
  reach: (port: MessagePort) => void;
  /** What a statement may take, and the wait for its turn. */
  statementMs: () => number;
}

interface Opening {
  notice: (text: string) => void;
  resolve: (connection: PostgresConnection) => void;
  reject: (error: PostgresFailure) => void;
}

/** The databases as an instance worker sees them. */
export class PostgresClient implements PostgresDatabases {
  readonly #options: PostgresClientOptions;
  readonly #opening = new Map<number, Opening>();
  readonly #calls = new Map<number, (result: Outcome["result"]) => void>();
  #port: MessagePort | undefined;
  #last = 0;

  constructor(options: PostgresClientOptions) {
    this.#options = options;
  }

  connect(text: string, { notice, noticeOnce }: ConnectOptions): Promise<PostgresConnection> {
    const connection = ++this.#last;
    const address = readAddress(text);
    noticeOnce(introduction(addressText(address)));
    return new Promise((resolve, reject) => {
      this.#opening.set(connection, { notice, resolve, reject });
      this.#post({ type: "open", connection, address, limitMs: this.#options.statementMs() });
    });
  }

  #connection(connection: number): PostgresConnection {
    return {
      query: async (sql, params) => (await this.#run(connection, { sql, params, kind: "query" })).rowSet,
      execute: async (sql, params) => (await this.#run(connection, { sql, params, kind: "execute" })).affected,
      close: () => this.#post({ type: "close", connection }),
    };
  }

  async #run(connection: number, statement: Statement): Promise<Extract<Outcome["result"], { ok: true }>> {
    const call = ++this.#last;
    const result = await new Promise<Outcome["result"]>((resolve) => {
      this.#calls.set(call, resolve);
      this.#post({ type: "run", connection, call, statement, limitMs: this.#options.statementMs() });
    });
    if (!result.ok) throw new PostgresFailure(result.error);
    return result;
  }

  #receive(message: PostgresToInstance): void {
    if (message.type === "result") {
      this.#calls.get(message.call)?.(message.result);
      this.#calls.delete(message.call);
      return;
    }
    const { connection } = message;
    const opening = this.#opening.get(connection);
    if (!opening) return;
    if (message.type === "starting") opening.notice(starting);
    else {
      this.#opening.delete(connection);
      if (message.type === "opened") opening.resolve(this.#connection(connection));
      else opening.reject(new PostgresFailure(message.error));
    }
  }

  #post(message: InstanceToPostgres): void {
    this.#reached().postMessage(message);
  }

  #reached(): MessagePort {
    if (this.#port) return this.#port;
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", ({ data }: MessageEvent<PostgresToInstance>) => this.#receive(data));
    port1.start();
    this.#options.reach(port2);
    this.#port = port1;
    return port1;
  }
}

function introduction(address: string): string {
  return (
    `${address} is played by a Postgres of this browser tab: a browser cannot connect to a Postgres server. Any user and ` +
    "password will do. The data is in this browser, and of this application and address alone."
  );
}

/** Megabytes of PGlite's files, and of what goes over the network (brotli); held by a test. */
export const loadedMegabytes = { files: 16, transferred: 5 };

const starting = `Postgres is being started (PGlite; ${loadedMegabytes.files} MB, some ${loadedMegabytes.transferred} MB over the network the first time).`;
