import type { ByteString } from "../byte-string.ts";
import { allKeys, at, type Command, type Commands, everyKey, firstKey, reads, twoKeys, writes } from "../command.ts";
import { globMatcher } from "../glob.ts";
import type { Keyspace } from "../keyspace.ts";
import { ok, redisError, Status, syntaxError } from "../reply.ts";
import { expiryTime, type TimeForm, timeOptions } from "./expiry.ts";
import { pickOne } from "./pick.ts";
import { scan } from "./scan.ts";

const seconds = { unit: 1000, isAbsolute: false } as const;

export const keyCommands: Commands = {
  del: deleting(),
  unlink: deleting(),
  exists: counting(),
  touch: counting(),
  type: reads(2, (keyspace, [key = ""]) => new Status(keyspace.entry(key)?.type ?? "none")),

  expire: expiring("expire", seconds),
  pexpire: expiring("pexpire", timeOptions["PX"] ?? seconds),
  expireat: expiring("expireat", timeOptions["EXAT"] ?? seconds),
  pexpireat: expiring("pexpireat", timeOptions["PXAT"] ?? seconds),
  ttl: timeLeft((expiresAt, now) => Math.round((expiresAt - now) / 1000)),
  pttl: timeLeft((expiresAt, now) => expiresAt - now),
  expiretime: timeLeft((expiresAt) => Math.round(expiresAt / 1000)),
  pexpiretime: timeLeft((expiresAt) => expiresAt),
  persist: writes(2, (keyspace, [key = ""]) => {
    if (keyspace.entry(key)?.expiresAt === undefined) return 0;
    keyspace.expire(key, undefined);
    return 1;
  }),

  rename: writes(3, (keyspace, [from = "", to = ""]) => (move(keyspace, from, to, true), ok), twoKeys),
  renamenx: writes(3, (keyspace, [from = "", to = ""]) => move(keyspace, from, to, false), twoKeys),
  copy: writes(
    -3,
    (keyspace, [from = "", to = "", ...options]) => {
      const replaces = options.length === 1 && at(options, 0).toUpperCase() === "REPLACE";
      if (options.length > 0 && !replaces) throw syntaxError();
      if (from === to) throw redisError("source and destination objects are the same");
      const entry = keyspace.entry(from);
      if (entry === undefined || (keyspace.has(to) && !replaces)) return 0;
      keyspace.putEntry(to, entry);
      return 1;
    },
    twoKeys,
  ),

  keys: reads(
    2,
    (keyspace, [pattern = ""]) => {
      const matches = globMatcher(pattern);
      return keyspace.keys().filter((key) => matches(key));
    },
    allKeys,
  ),
  scan: reads(-2, scan, allKeys),
  randomkey: reads(1, (keyspace) => pickOne(keyspace.keys()) ?? null, allKeys),
  dbsize: reads(1, (keyspace) => keyspace.keys().length, allKeys),
  flushdb: writes(
    -1,
    (keyspace, options) => {
      if (options.length > 1 || !/^(?:|async|sync)$/i.test(at(options, 0))) throw syntaxError();
      for (const key of keyspace.keys()) keyspace.delete(key);
      return ok;
    },
    allKeys,
  ),
};

function deleting(): Command {
  return writes(-2, (keyspace, keys) => keys.filter((key) => keyspace.delete(key)).length, everyKey);
}

/** A key that is named twice counts twice. */
function counting(): Command {
  return reads(-2, (keyspace, keys) => keys.filter((key) => keyspace.has(key)).length, everyKey);
}

/** -2: no such key; -1: it never expires. */
function timeLeft(left: (expiresAt: number, now: number) => number): Command {
  return reads(2, (keyspace, [key = ""]) => {
    const entry = keyspace.entry(key);
    if (entry === undefined) return -2;
    return entry.expiresAt === undefined ? -1 : left(entry.expiresAt, keyspace.now);
  });
}

function expiring(name: string, form: TimeForm): Command {
  const run = (keyspace: Keyspace, [key = "", time = "", ...words]: readonly ByteString[]): number => {
    const options = new Set(words.map((word) => word.toUpperCase()));
    const expiresAt = expiryTime(time, form, keyspace.now, name);
    checkExpireOptions(options);
    const entry = keyspace.entry(key);
    if (entry === undefined) return 0;
    const { expiresAt: old } = entry;
    const isRefused =
      (options.has("NX") && old !== undefined) ||
      (options.has("XX") && old === undefined) ||
      (options.has("GT") && expiresAt <= (old ?? Infinity)) ||
      (options.has("LT") && expiresAt >= (old ?? Infinity));
    if (isRefused) return 0;
    keyspace.expire(key, expiresAt);
    return 1;
  };
  return writes(-3, run, firstKey);
}

function checkExpireOptions(options: ReadonlySet<string>): void {
  const unknown = [...options].find((option) => !["NX", "XX", "GT", "LT"].includes(option));
  if (unknown !== undefined) throw redisError(`Unsupported option ${unknown}`);
  if (options.has("NX") && options.size > 1) {
    throw redisError("NX and XX, GT or LT options at the same time are not compatible");
  }
  if (options.has("GT") && options.has("LT")) {
    throw redisError("GT and LT options at the same time are not compatible");
  }
}

/** Whether it was done: not if the new name is taken and `replaces` is false. */
function move(keyspace: Keyspace, from: ByteString, to: ByteString, replaces: boolean): number {
  const entry = keyspace.entry(from);
  if (entry === undefined) throw redisError("no such key");
  if (!replaces && keyspace.has(to)) return 0;
  keyspace.delete(from);
  keyspace.putEntry(to, entry);
  return 1;
}
