import type { spin1Redis } from "../host/spin-1/redis.ts";
import { bytes, list, s64, string } from "./codec.ts";
import { enumeration, result, variant } from "./codec-compounds.ts";
import { fallible, type HostFunctions } from "./host-function.ts";

const error = enumeration(["success", "error"]);
const parameter = variant([
  ["int64", s64],
  ["binary", bytes],
]);
const value = variant([["nil"], ["status", string], ["int64", s64], ["binary", bytes]]);

/** The import module `outbound-redis`. */
export function redisFunctions(redis: ReturnType<typeof spin1Redis>): HostFunctions {
  const none = result(undefined, error);
  const number = result(s64, error);
  const members = [string, string, list(string)] as const;
  return {
    publish: fallible([string, string, bytes], none, redis.publish),
    get: fallible([string, string], result(bytes, error), redis.get),
    set: fallible([string, string, bytes], none, redis.set),
    incr: fallible([string, string], number, redis.incr),
    del: fallible([string, list(string)], number, redis.del),
    sadd: fallible(members, number, redis.sadd),
    srem: fallible(members, number, redis.srem),
    smembers: fallible([string, string], result(list(string), error), redis.smembers),
    execute: fallible([string, string, list(parameter)], result(list(value), error), redis.execute),
  };
}
