/** ZUNION, ZINTER, ZDIFF and what they store. Plain sets take part with a score of 1 for each member. */
import type { ByteString } from "../byte-string.ts";
import { at, type Command, type Commands, reads, writes } from "../command.ts";
import type { Keyspace } from "../keyspace.ts";
import { parseFloat64 } from "../numbers.ts";
import { redisError, type Reply, syntaxError } from "../reply.ts";
import { countedKeys, countOfKeys } from "./counted-keys.ts";
import { inOrder, type Scored } from "./score-range.ts";
import { scoresOf, withScore } from "./sorted-sets.ts";

type How = "union" | "inter" | "diff";
type Scores = ReadonlyMap<ByteString, number>;

const aggregates: Readonly<Record<string, (a: number, b: number) => number>> = {
  // Infinity and its opposite make 0, as in Redis.
  SUM: (a, b) => (Number.isNaN(a + b) ? 0 : a + b),
  MIN: Math.min,
  MAX: Math.max,
};

export const sortedSetCombinations: Commands = Object.fromEntries(
  (["union", "inter", "diff"] as const).flatMap((how): [string, Command][] => [
    [`z${how}`, reads(-3, (keyspace, args) => answer(keyspace, args, how), countOfKeys(0, `z${how}`))],
    [`z${how}store`, storing(how)],
  ]),
);

function answer(keyspace: Keyspace, args: readonly ByteString[], how: How): Reply {
  const { scores, hasScores } = combine(keyspace, args, how, `z${how}`, true);
  const ordered: Scored[] = inOrder(scores);
  return hasScores ? ordered.flatMap(withScore) : ordered.map(([member]) => member);
}

function storing(how: How): Command {
  const name = `z${how}store`;
  return writes(
    -4,
    (keyspace, [target = "", ...args]) => {
      const { scores } = combine(keyspace, args, how, name, false);
      keyspace.put(target, "zset", new Map(scores));
      return scores.size;
    },
    countOfKeys(1, name),
  );
}

function combine(keyspace: Keyspace, args: readonly ByteString[], how: How, name: string, mayShowScores: boolean) {
  const { keys, rest } = countedKeys(args, 0, name);
  const inputs = keys.map((key) => inputScores(keyspace, key));
  const { weights, aggregate, hasScores } = parseOptions(rest, keys.length, how, mayShowScores);
  const [first = new Map<ByteString, number>(), ...others] = inputs.map((input, index): Scores => {
    const weight = weights[index] ?? 1;
    const weighed = (score: number) => (Number.isNaN(score * weight) ? 0 : score * weight);
    return new Map([...input].map(([member, score]) => [member, weighed(score)]));
  });
  const scores = new Map(first);
  for (const other of others) {
    if (how !== "union") {
      for (const member of scores.keys()) if (other.has(member) === (how === "diff")) scores.delete(member);
    }
    for (const [member, score] of other) {
      const old = scores.get(member);
      if (old !== undefined) scores.set(member, aggregate(old, score));
      else if (how === "union") scores.set(member, score);
    }
  }
  return { scores, hasScores };
}

function inputScores(keyspace: Keyspace, key: ByteString): Scores {
  const entry = keyspace.entry(key);
  return entry?.type === "set" ? new Map([...entry.value].map((member) => [member, 1])) : scoresOf(keyspace, key);
}

function parseOptions(options: readonly ByteString[], keys: number, how: How, mayShowScores: boolean) {
  let weights: number[] = [];
  let aggregate = aggregates["SUM"] ?? Math.max;
  let hasScores = false;
  for (let index = 0; index < options.length; index += 1) {
    const option = at(options, index).toUpperCase();
    const chosen = aggregates[at(options, index + 1).toUpperCase()];
    if (option === "WITHSCORES" && mayShowScores) {
      hasScores = true;
    } else if (option === "WEIGHTS" && how !== "diff" && index + keys < options.length) {
      const texts = options.slice(index + 1, index + 1 + keys);
      weights = texts.map((text) => parseFloat64(text, () => redisError("weight value is not a float")));
      index += keys;
    } else if (option === "AGGREGATE" && how !== "diff" && chosen) {
      aggregate = chosen;
      index += 1;
    } else {
      throw syntaxError();
    }
  }
  return { weights, aggregate, hasScores };
}
