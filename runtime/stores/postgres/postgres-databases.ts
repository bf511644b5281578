import type { PostgresClient, PostgresClientOptions } from "./client.ts";
import type { ParameterValue, RowSet } from "./values.ts";

/** The Postgres servers that components reach, by address. */
export interface PostgresDatabases {
  /** Rejects with a `PostgresFailure`. */
  connect(address: string, options: ConnectOptions): Promise<PostgresConnection>;
}

export interface ConnectOptions {
  /** For what the person has to know of this connection. */
  notice: (text: string) => void;
  /** For what the person has to know once in a deployment. */
  noticeOnce: (text: string) => void;
}

/** One connection. What Postgres refuses rejects with a `PostgresFailure`. */
export interface PostgresConnection {
  query(sql: string, params: ParameterValue[]): Promise<RowSet>;
  /** How many rows it changed. */
  execute(sql: string, params: ParameterValue[]): Promise<bigint>;
  /** An open transaction is rolled back. */
  close(): void;
}

/** The databases of an instance worker. What few components use is loaded with the first connection. */
export function createPostgresDatabases(options: PostgresClientOptions): PostgresDatabases {
  let client: Promise<PostgresClient> | undefined;
  return {
    async connect(address, told) {
      client ??= import("./client.ts").then((module) => new module.PostgresClient(options));
      return (await client).connect(address, told);
    },
  };
}
