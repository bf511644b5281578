import type { KeyValueStores } from "./key-value.ts";
import type { Publisher } from "./published.ts";
import type { Redis } from "./redis/redis.ts";
import type { PostgresDatabases } from "./postgres/postgres-databases.ts";
import type { SqliteDatabases } from "./sqlite/sqlite-databases.ts";

/** What keeps data for the components, behind the host interfaces. One set serves all instances of a worker. */
export interface BackEnds {
  readonly keyValue: KeyValueStores;
  readonly sqlite: SqliteDatabases;
  readonly redis: Redis;
  /** Where messages of MQTT go; those of Redis go the same way. */
  readonly publisher: Publisher;
  readonly postgres: PostgresDatabases;
}
