import type { ByteString } from "../byte-string.ts";
import { at, type Commands, everyKey, reads, writes } from "../command.ts";
import type { Keyspace } from "../keyspace.ts";
import { valueBytes } from "../limits.ts";
import { addDecimals, addIntegers, parseIndex, parseInteger } from "../numbers.ts";
import { ok, redisError, syntaxError, tooLong, wrongNumberOfArguments } from "../reply.ts";
import { futureTime, timeOptions } from "./expiry.ts";
import { range } from "./ranges.ts";
import { parseSetOptions } from "./set-options.ts";

export const stringCommands: Commands = {
  get: reads(2, (keyspace, [key = ""]) => keyspace.read(key, "string") ?? null),
  strlen: reads(2, (keyspace, [key = ""]) => keyspace.read(key, "string")?.length ?? 0),
  mget: reads(
    -2,
    (keyspace, keys) =>
      keys.map((key) => {
        const entry = keyspace.entry(key);
        return entry?.type === "string" ? entry.value : null;
      }),
    everyKey,
  ),
  getrange: reads(4, getRange),
  substr: reads(4, getRange),

  set: writes(-3, (keyspace, [key = "", value = "", ...options]) => {
    const { expiry, condition, get } = parseSetOptions(options, keyspace.now);
    const old = get ? (keyspace.read(key, "string") ?? null) : null;
    const isWanted = condition === undefined || keyspace.has(key) === (condition === "XX");
    const expiresAt = expiry === "keep" ? keyspace.entry(key)?.expiresAt : expiry;
    if (isWanted) keyspace.put(key, "string", value, expiresAt);
    if (get) return old;
    return isWanted ? ok : null;
  }),
  setnx: writes(3, (keyspace, [key = "", value = ""]) => {
    if (keyspace.has(key)) return 0;
    keyspace.put(key, "string", value);
    return 1;
  }),
  setex: setWithTime("EX", "setex"),
  psetex: setWithTime("PX", "psetex"),
  mset: writes(
    -3,
    (keyspace, args) => {
      for (const [key, value] of pairsOf(args, "mset")) keyspace.put(key, "string", value);
      return ok;
    },
    keysOfPairs,
  ),
  msetnx: writes(
    -3,
    (keyspace, args) => {
      const pairs = pairsOf(args, "msetnx");
      if (pairs.some(([key]) => keyspace.has(key))) return 0;
      for (const [key, value] of pairs) keyspace.put(key, "string", value);
      return 1;
    },
    keysOfPairs,
  ),
  getset: writes(3, (keyspace, [key = "", value = ""]) => {
    const old = keyspace.read(key, "string") ?? null;
    keyspace.put(key, "string", value);
    return old;
  }),
  getdel: writes(2, (keyspace, [key = ""]) => {
    const old = keyspace.read(key, "string") ?? null;
    keyspace.delete(key);
    return old;
  }),
  getex: writes(-2, (keyspace, [key = "", ...options]) => {
    const form = timeOptions[at(options, 0).toUpperCase()];
    const persists = options.length === 1 && at(options, 0).toUpperCase() === "PERSIST";
    if (options.length > 0 && !persists && (form === undefined || options.length !== 2)) throw syntaxError();
    const value = keyspace.read(key, "string") ?? null;
    if (persists) keyspace.expire(key, undefined);
    else if (form) keyspace.expire(key, futureTime(at(options, 1), form, keyspace.now, "getex"));
    return value;
  }),

  append: writes(3, (keyspace, [key = "", more = ""]) => {
    const value = (keyspace.read(key, "string") ?? "") + more;
    if (value.length > valueBytes) throw tooLong();
    keyspace.replaceString(key, value);
    return value.length;
  }),
  setrange: writes(4, (keyspace, [key = "", offsetText = "", part = ""]) => {
    const offset = parseIndex(offsetText);
    if (offset < 0) throw redisError("offset is out of range");
    const old = keyspace.read(key, "string") ?? "";
    if (part === "") return old.length;
    if (offset + part.length > valueBytes) throw tooLong();
    const value = old.slice(0, offset).padEnd(offset, "\0") + part + old.slice(offset + part.length);
    keyspace.replaceString(key, value);
    return value.length;
  }),

  incr: writes(2, (keyspace, [key = ""]) => increment(keyspace, key, 1n)),
  decr: writes(2, (keyspace, [key = ""]) => increment(keyspace, key, -1n)),
  incrby: writes(3, (keyspace, [key = "", by = ""]) => increment(keyspace, key, parseInteger(by))),
  decrby: writes(3, (keyspace, [key = "", by = ""]) => {
    const amount = parseInteger(by);
    if (amount === -(2n ** 63n)) throw redisError("decrement would overflow");
    return increment(keyspace, key, -amount);
  }),
  incrbyfloat: writes(3, (keyspace, [key = "", by = ""]) => {
    const sum = addDecimals(keyspace.read(key, "string") ?? "0", by);
    keyspace.replaceString(key, sum);
    return sum;
  }),
};

function getRange(keyspace: Keyspace, [key = "", startText = "", endText = ""]: readonly ByteString[]): ByteString {
  const [start, end] = [parseIndex(startText), parseIndex(endText)];
  const value = keyspace.read(key, "string") ?? "";
  if (start < 0 && end < 0 && start > end) return "";
  // Here alone an end before the first byte is the first byte.
  return value.slice(...range(start, end < 0 ? Math.max(0, value.length + end) : end, value.length));
}

function setWithTime(option: "EX" | "PX", name: string) {
  return writes(4, (keyspace, [key = "", time = "", value = ""]) => {
    const form = timeOptions[option];
    if (form) keyspace.put(key, "string", value, futureTime(time, form, keyspace.now, name));
    return ok;
  });
}

function increment(keyspace: Keyspace, key: ByteString, by: bigint): bigint {
  const sum = addIntegers(parseInteger(keyspace.read(key, "string") ?? "0"), by);
  keyspace.replaceString(key, String(sum));
  return sum;
}

function keysOfPairs(args: readonly ByteString[]): ByteString[] {
  return args.filter((_, index) => index % 2 === 0);
}

/** Words two by two; an odd number of them is the error of the command that is named. */
export function pairsOf(args: readonly ByteString[], command: string): [ByteString, ByteString][] {
  if (args.length % 2 !== 0) throw wrongNumberOfArguments(command);
  return keysOfPairs(args).map((key, index) => [key, at(args, 2 * index + 1)]);
}
