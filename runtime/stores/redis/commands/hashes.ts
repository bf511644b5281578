import type { ByteString } from "../byte-string.ts";
import { at, type Command, type Commands, reads, writes } from "../command.ts";
import type { Keyspace } from "../keyspace.ts";
import { addDecimals, addIntegers, parseInteger } from "../numbers.ts";
import { ok, redisError, type Reply } from "../reply.ts";
import { randomElements } from "./random.ts";
import { scanElements } from "./scan.ts";
import { pairsOf } from "./strings.ts";

export const hashCommands: Commands = {
  hget: reads(3, (keyspace, [key = "", field = ""]) => hashOf(keyspace, key).get(field) ?? null),
  hmget: reads(-3, (keyspace, [key = "", ...fields]) => {
    const hash = hashOf(keyspace, key);
    return fields.map((field) => hash.get(field) ?? null);
  }),
  hgetall: reading((hash) => [...hash].flat()),
  hkeys: reading((hash) => [...hash.keys()]),
  hvals: reading((hash) => [...hash.values()]),
  hlen: reading((hash) => hash.size),
  hexists: reads(3, (keyspace, [key = "", field = ""]) => Number(hashOf(keyspace, key).has(field))),
  hstrlen: reads(3, (keyspace, [key = "", field = ""]) => hashOf(keyspace, key).get(field)?.length ?? 0),
  hrandfield: reads(-2, (keyspace, [key = "", ...options]) => {
    const fields = [...hashOf(keyspace, key)];
    const shown = ([field, value]: [ByteString, ByteString]) => [field, value];
    return randomElements(fields, options, { plain: ([field]) => field, detailed: shown, option: "WITHVALUES" });
  }),
  hscan: reads(-3, (keyspace, [key = "", ...options]) => {
    const fields = [...hashOf(keyspace, key)];
    return scanElements(
      fields.map(([name, value]) => ({ name, shown: [name, value] })),
      options,
    );
  }),

  hset: writes(-4, (keyspace, [key = "", ...words]) => {
    const pairs = pairsOf(words, "hset");
    const hash = keyspace.open(key, "hash");
    const before = hash.size;
    for (const [field, value] of pairs) hash.set(field, value);
    return hash.size - before;
  }),
  hmset: writes(-4, (keyspace, [key = "", ...words]) => {
    const pairs = pairsOf(words, "hmset");
    const hash = keyspace.open(key, "hash");
    for (const [field, value] of pairs) hash.set(field, value);
    return ok;
  }),
  hsetnx: writes(4, (keyspace, [key = "", field = "", value = ""]) => {
    const hash = keyspace.open(key, "hash");
    if (hash.has(field)) return 0;
    hash.set(field, value);
    return 1;
  }),
  hdel: writes(-3, (keyspace, [key = "", ...fields]) => {
    const hash = keyspace.open(key, "hash");
    return fields.filter((field) => hash.delete(field)).length;
  }),
  hincrby: writes(4, (keyspace, [key = "", field = "", by = ""]) => {
    const amount = parseInteger(by);
    const hash = keyspace.open(key, "hash");
    const old = parseInteger(hash.get(field) ?? "0", () => redisError("hash value is not an integer"));
    const sum = addIntegers(old, amount);
    hash.set(field, String(sum));
    return sum;
  }),
  hincrbyfloat: writes(4, (keyspace, [key = "", field = "", by = ""]) => {
    addDecimals(by, "0");
    const hash = keyspace.open(key, "hash");
    const sum = addDecimals(hash.get(field) ?? "0", by, () => redisError("hash value is not a float"));
    hash.set(field, sum);
    return sum;
  }),
};

function hashOf(keyspace: Keyspace, key: ByteString): ReadonlyMap<ByteString, ByteString> {
  return keyspace.read(key, "hash") ?? new Map<ByteString, ByteString>();
}

function reading(answer: (hash: ReadonlyMap<ByteString, ByteString>) => Reply): Command {
  return reads(2, (keyspace, args) => answer(hashOf(keyspace, at(args, 0))));
}
