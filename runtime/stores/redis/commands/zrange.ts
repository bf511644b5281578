/** ZRANGE and its older forms, which are ZRANGE with a part of the options fixed. */
import type { ByteString } from "../byte-string.ts";
import { at, type Command, type Commands, reads, twoKeys, writes } from "../command.ts";
import type { Keyspace } from "../keyspace.ts";
import { parseIndex } from "../numbers.ts";
import { redisError, type Reply, syntaxError } from "../reply.ts";
import { range } from "./ranges.ts";
import { bytesRange, inOrder, scoreRange, type Scored } from "./score-range.ts";
import { scoresOf, withScore } from "./sorted-sets.ts";

type By = "rank" | "score" | "lex";

/** What is asked for beside the key. */
interface Query {
  by: By;
  isReversed: boolean;
  hasScores: boolean;
  limit: { offset: number; count: number } | undefined;
}

export const sortedSetRangeCommands: Commands = {
  zrange: ranging({}),
  zrevrange: ranging({ by: "rank", isReversed: true }),
  zrangebyscore: ranging({ by: "score", isReversed: false }),
  zrevrangebyscore: ranging({ by: "score", isReversed: true }),
  zrangebylex: ranging({ by: "lex", isReversed: false }),
  zrevrangebylex: ranging({ by: "lex", isReversed: true }),
  zrangestore: writes(
    -5,
    (keyspace, [target = "", ...args]) => {
      const query = parseQuery(args.slice(3), {});
      if (query.hasScores) throw syntaxError();
      const found = select(keyspace, args, query);
      keyspace.put(target, "zset", new Map(found));
      return found.length;
    },
    twoKeys,
  ),
};

function ranging(fixed: Partial<Pick<Query, "by" | "isReversed">>): Command {
  return reads(-4, (keyspace, args): Reply => {
    const query = parseQuery(args.slice(3), fixed);
    const found = select(keyspace, args, query);
    return query.hasScores ? found.flatMap(withScore) : found.map(([member]) => member);
  });
}

function parseQuery(options: readonly ByteString[], fixed: Partial<Pick<Query, "by" | "isReversed">>): Query {
  const query: Query = { by: "rank", isReversed: false, hasScores: false, limit: undefined, ...fixed };
  for (let index = 0; index < options.length; index += 1) {
    const option = at(options, index).toUpperCase();
    if (option === "WITHSCORES") {
      query.hasScores = true;
    } else if (option === "LIMIT" && index + 2 < options.length) {
      query.limit = { offset: parseIndex(at(options, index + 1)), count: parseIndex(at(options, index + 2)) };
      index += 2;
    } else if (option === "REV" && fixed.isReversed === undefined) {
      query.isReversed = true;
    } else if ((option === "BYSCORE" || option === "BYLEX") && fixed.by === undefined) {
      query.by = option === "BYSCORE" ? "score" : "lex";
    } else {
      throw syntaxError();
    }
  }
  if (query.limit && query.by === "rank") {
    throw redisError("syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
  }
  if (query.hasScores && query.by === "lex") {
    throw redisError("syntax error, WITHSCORES not supported in combination with BYLEX");
  }
  return query;
}

/** With the order reversed, the ends of a range by score or by bytes are given the larger one first. */
function select(
  keyspace: Keyspace,
  [key = "", first = "", last = ""]: readonly ByteString[],
  { by, isReversed, limit }: Query,
): readonly Scored[] {
  const ends = isReversed ? ([last, first] as const) : ([first, last] as const);
  const isIn = by === "score" ? scoreRange(...ends) : by === "lex" ? bytesRange(...ends) : undefined;
  const places = isIn ? undefined : ([parseIndex(first), parseIndex(last)] as const);
  const ordered = inOrder(scoresOf(keyspace, key));
  const directed = isReversed ? ordered.toReversed() : ordered;
  if (!isIn) return directed.slice(...range(places?.[0] ?? 0, places?.[1] ?? -1, directed.length));
  const found = directed.filter(isIn);
  if (!limit) return found;
  const { offset, count } = limit;
  return offset < 0 ? [] : found.slice(offset, count < 0 ? undefined : offset + count);
}
