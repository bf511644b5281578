import { redisError } from "./reply.ts";

/** Where a connection goes: the server, as `host:port`, and one of its databases. */
export interface RedisAddress {
  server: string;
  database: number;
}

/** Schemes that the Redis client of Spin takes. Whether bytes would be encrypted on their way makes no difference here. */
const schemes = new Set(["redis:", "rediss:", "valkey:", "valkeys:"]);
const defaultPort = "6379";
/** As many as a Redis has when nothing else is configured. */
const databases = 16;
/** Names of this machine: natively they lead to one server. */
const loopback = new Set(["127.0.0.1", "[::1]"]);

/**
 * Reads `redis://[user[:password]@]host[:port][/database]`; `undefined` for what Spin's client does not read. Users and
 * passwords are not looked at: the server that the address means would know them.
 */
export function parseRedisAddress(address: string): RedisAddress | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !schemes.has(url.protocol) || url.hostname === "") return undefined;
  const database = url.pathname.replace(/^\/+|\/+$/g, "");
  if (!/^(?:[+-]?\d+)?$/.test(database)) return undefined;
  const name = url.hostname.toLowerCase();
  const host = loopback.has(name) ? "localhost" : name;
  return { server: `${host}:${url.port || defaultPort}`, database: Number(database) };
}

/** Fails with Redis' error for a database that there is not. */
export function checkDatabase(database: number): void {
  if (database < 0 || database >= databases) throw redisError("DB index is out of range");
}

/** The name of a data set: that of one database of a server. */
export function dataSetName({ server, database }: RedisAddress): string {
  return `${server}/${String(database)}`;
}

/** All databases of a server. */
export function databasesOf(server: string): RedisAddress[] {
  return Array.from({ length: databases }, (_, database) => ({ server, database }));
}
