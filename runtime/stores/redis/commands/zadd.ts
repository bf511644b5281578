import type { ByteString } from "../byte-string.ts";
import { at } from "../command.ts";
import type { Keyspace } from "../keyspace.ts";
import { formatFloat64, parseFloat64 } from "../numbers.ts";
import { redisError, type Reply, syntaxError } from "../reply.ts";

const flags = new Set(["NX", "XX", "GT", "LT", "CH", "INCR"]);

/** ZADD with all its options. With `INCR` it answers with the new score, or nil when a condition kept the old one. */
export function addScored(keyspace: Keyspace, [key = "", ...words]: readonly ByteString[]): Reply {
  const firstScore = words.findIndex((word) => !flags.has(word.toUpperCase()));
  const options = new Set((firstScore === -1 ? words : words.slice(0, firstScore)).map((word) => word.toUpperCase()));
  const pairs = firstScore === -1 ? [] : words.slice(firstScore);
  checkOptions(options, pairs.length);
  const changes = pairs.flatMap((text, index): [ByteString, number][] =>
    index % 2 === 0 ? [[at(pairs, index + 1), parseFloat64(text)]] : [],
  );
  if (options.has("XX") && keyspace.read(key, "zset") === undefined) return options.has("INCR") ? null : 0;

  const scores = keyspace.open(key, "zset");
  let [added, updated] = [0, 0];
  let last: number | undefined;
  for (const [member, amount] of changes) {
    const old = scores.get(member);
    const score = options.has("INCR") ? sum(old ?? 0, amount) : amount;
    last = undefined;
    if (!isWanted(options, old, score)) continue;
    last = score;
    scores.set(member, score);
    if (old === undefined) added += 1;
    else if (old !== score) updated += 1;
  }
  if (options.has("INCR")) return last === undefined ? null : formatFloat64(last);
  return options.has("CH") ? added + updated : added;
}

/** The new score, which is set. */
export function increaseScore(scores: Map<ByteString, number>, member: ByteString, by: number): number {
  const score = sum(scores.get(member) ?? 0, by);
  scores.set(member, score);
  return score;
}

function sum(score: number, by: number): number {
  const result = score + by;
  if (Number.isNaN(result)) throw redisError("resulting score is not a number (NaN)");
  return result;
}

function checkOptions(options: ReadonlySet<string>, words: number): void {
  if (words === 0 || words % 2 !== 0) throw syntaxError();
  if (options.has("NX") && options.has("XX")) {
    throw redisError("XX and NX options at the same time are not compatible");
  }
  if (["GT", "LT", "NX"].filter((option) => options.has(option)).length > 1) {
    throw redisError("GT, LT, and/or NX options at the same time are not compatible");
  }
  if (options.has("INCR") && words > 2) throw redisError("INCR option supports a single increment-element pair");
}

function isWanted(options: ReadonlySet<string>, old: number | undefined, score: number): boolean {
  if (old === undefined) return !options.has("XX");
  if (options.has("NX")) return false;
  return !(options.has("GT") && score <= old) && !(options.has("LT") && score >= old);
}
