/** `@spinframework/spin-redis`: outbound Redis. */
import { Connection } from "fermyon:spin/redis@2.0.0";

export type { RedisParameter, RedisResult } from "fermyon:spin/redis@2.0.0";
export type RedisConnection = Connection;

/** Opens a connection; the address must be one of the component's `allowed_outbound_hosts`. */
export function open(address: string): RedisConnection {
  return Connection.open(address);
}
