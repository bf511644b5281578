import { bytes, list, s64, string } from "./codec.ts";
import { enumeration, result, variant } from "./codec-compounds.ts";
import { fallible, type HostFunctions } from "./host-function.ts";

/** `fermyon:spin/redis@2` as the host has it. */
interface Redis {
  Connection: { open(address: string): Promise<Connection> | Connection };
}

/** Its methods, as far as they are passed on as they are. */
type Connection = Readonly<Record<string, (...values: unknown[]) => unknown>> & Partial<Disposable>;

const error = enumeration(["success", "error"]);
const parameter = variant([
  ["int64", s64],
  ["binary", bytes],
]);
const value = variant([["nil"], ["status", string], ["int64", s64], ["binary", bytes]]);

/** The import module `outbound-redis`: each call names the address; every error is the same. */
export function spin1Redis({ Connection }: Redis): HostFunctions {
  const toError = (): string => "error";
  /** What a method of the connection gives, which is closed when it has. */
  const ask = async (address: string, method: string, ...values: unknown[]): Promise<unknown> => {
    const connection = await Connection.open(address);
    try {
      return await connection[method]?.(...values);
    } finally {
      connection[Symbol.dispose]?.();
    }
  };
  const none = result(undefined, error);
  const number = result(s64, error);
  const members = [string, string, list(string)] as const;
  return {
    publish: fallible([string, string, bytes], none, toError, (at, channel, payload) =>
      ask(at, "publish", channel, payload),
    ),
    // A key that is not there has always been an empty value here.
    get: fallible([string, string], result(bytes, error), toError, async (at, key) => {
      return (await ask(at, "get", key)) ?? new Uint8Array();
    }),
    set: fallible([string, string, bytes], none, toError, (at, key, bytesOf) => ask(at, "set", key, bytesOf)),
    incr: fallible([string, string], number, toError, (at, key) => ask(at, "incr", key)),
    del: fallible([string, list(string)], number, toError, async (at, keys) => toLong(await ask(at, "del", keys))),
    sadd: fallible(members, number, toError, async (at, key, items) => toLong(await ask(at, "sadd", key, items))),
    srem: fallible(members, number, toError, async (at, key, items) => toLong(await ask(at, "srem", key, items))),
    smembers: fallible([string, string], result(list(string), error), toError, (at, key) => ask(at, "smembers", key)),
    execute: fallible([string, string, list(parameter)], result(list(value), error), toError, (at, command, values) =>
      ask(at, "execute", command, values),
    ),
  };
}

/** A count of 32 bits today, of 64 then. */
function toLong(count: unknown): bigint {
  return BigInt(count as number);
}
