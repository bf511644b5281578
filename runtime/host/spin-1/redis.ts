import { inOldTerms } from "./old-terms.ts";
import { type Connecting, withConnection } from "./one-connection.ts";

/** A connection of `fermyon:spin/redis@2`; parameters and results of `execute` are those of then. */
interface Connection extends Partial<Disposable> {
  publish(channel: string, payload: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, value: Uint8Array): Promise<void>;
  incr(key: string): Promise<bigint>;
  del(keys: string[]): Promise<number>;
  sadd(key: string, values: string[]): Promise<number>;
  smembers(key: string): Promise<string[]>;
  srem(key: string, values: string[]): Promise<number>;
  execute(command: string, parameters: unknown[]): Promise<unknown[]>;
}

/** `fermyon:spin/redis`: each call names the address; every error is the same. */
export function spin1Redis(redis: Connecting<Connection>) {
  const ask = <Value>(address: string, use: (connection: Connection) => Promise<Value>): Promise<Value> =>
    inOldTerms(
      () => "error",
      () => withConnection(redis, address, use),
    );
  /** A count of 32 bits today, of 64 then. */
  const count = async (address: string, use: (connection: Connection) => Promise<number>): Promise<bigint> =>
    BigInt(await ask(address, use));
  return {
    publish: (at: string, channel: string, payload: Uint8Array) => ask(at, (it) => it.publish(channel, payload)),
    // A key that is not there has always been an empty value here.
    get: (at: string, key: string) => ask(at, async (it) => (await it.get(key)) ?? new Uint8Array()),
    set: (at: string, key: string, value: Uint8Array) => ask(at, (it) => it.set(key, value)),
    incr: (at: string, key: string) => ask(at, (it) => it.incr(key)),
    del: (at: string, keys: string[]) => count(at, (it) => it.del(keys)),
    sadd: (at: string, key: string, values: string[]) => count(at, (it) => it.sadd(key, values)),
    smembers: (at: string, key: string) => ask(at, (it) => it.smembers(key)),
    srem: (at: string, key: string, values: string[]) => count(at, (it) => it.srem(key, values)),
    execute: (at: string, command: string, values: unknown[]) => ask(at, (it) => it.execute(command, values)),
  };
}
