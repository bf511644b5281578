import type { ByteString } from "../byte-string.ts";
import { at, type Command, type Commands, reads, writes } from "../command.ts";
import type { Keyspace } from "../keyspace.ts";
import { formatFloat64, parseFloat64, parseIndex } from "../numbers.ts";
import { redisError, type Reply, syntaxError } from "../reply.ts";
import { randomElements } from "./random.ts";
import { range } from "./ranges.ts";
import { scanElements } from "./scan.ts";
import { bytesRange, type InRange, inOrder, scoreRange, type Scored } from "./score-range.ts";
import { addScored, increaseScore } from "./zadd.ts";

export const sortedSetCommands: Commands = {
  zcard: reads(2, (keyspace, [key = ""]) => scoresOf(keyspace, key).size),
  zscore: reads(3, (keyspace, [key = "", member = ""]) => shownScore(scoresOf(keyspace, key).get(member))),
  zmscore: reads(-3, (keyspace, [key = "", ...members]) => {
    const scores = scoresOf(keyspace, key);
    return members.map((member) => shownScore(scores.get(member)));
  }),
  zrank: ranking((place) => place),
  zrevrank: ranking((place, length) => length - 1 - place),
  zcount: counting(scoreRange),
  zlexcount: counting(bytesRange),
  zrandmember: reads(-2, (keyspace, [key = "", ...options]) =>
    randomElements([...scoresOf(keyspace, key)], options, {
      plain: ([member]) => member,
      detailed: withScore,
      option: "WITHSCORES",
    }),
  ),
  zscan: reads(-3, (keyspace, [key = "", ...options]) =>
    scanElements(
      inOrder(scoresOf(keyspace, key)).map((scored) => ({ name: scored[0], shown: withScore(scored) })),
      options,
    ),
  ),

  zadd: writes(-4, addScored),
  zincrby: writes(4, (keyspace, [key = "", by = "", member = ""]) => {
    const amount = parseFloat64(by);
    return formatFloat64(increaseScore(keyspace.open(key, "zset"), member, amount));
  }),
  zrem: writes(-3, (keyspace, [key = "", ...members]) => {
    const scores = keyspace.open(key, "zset");
    return members.filter((member) => scores.delete(member)).length;
  }),
  zremrangebyscore: removing((min, max) => {
    const isIn = scoreRange(min, max);
    return (ordered) => ordered.filter(isIn);
  }),
  zremrangebylex: removing((min, max) => {
    const isIn = bytesRange(min, max);
    return (ordered) => ordered.filter(isIn);
  }),
  zremrangebyrank: removing((startText, endText) => {
    const [start, end] = [parseIndex(startText), parseIndex(endText)];
    return (ordered) => ordered.slice(...range(start, end, ordered.length));
  }),
  zpopmin: popping((ordered) => ordered),
  zpopmax: popping((ordered) => ordered.toReversed()),
};

export function scoresOf(keyspace: Keyspace, key: ByteString): ReadonlyMap<ByteString, number> {
  return keyspace.read(key, "zset") ?? new Map<ByteString, number>();
}

export function withScore([member, score]: Scored): [ByteString, ByteString] {
  return [member, formatFloat64(score)];
}

function shownScore(score: number | undefined): ByteString | null {
  return score === undefined ? null : formatFloat64(score);
}

function ranking(rank: (place: number, length: number) => number): Command {
  return reads(3, (keyspace, [key = "", wanted = ""]) => {
    const ordered = inOrder(scoresOf(keyspace, key));
    const place = ordered.findIndex(([member]) => member === wanted);
    return place === -1 ? null : rank(place, ordered.length);
  });
}

function counting(rangeOf: (min: ByteString, max: ByteString) => InRange): Command {
  return reads(4, (keyspace, [key = "", min = "", max = ""]) => {
    const isIn = rangeOf(min, max);
    return [...scoresOf(keyspace, key)].filter(isIn).length;
  });
}

type Select = (ordered: readonly Scored[]) => readonly Scored[];

function removing(selectBy: (first: ByteString, last: ByteString) => Select): Command {
  return writes(4, (keyspace, [key = "", first = "", last = ""]) => {
    const select = selectBy(first, last);
    const scores = keyspace.open(key, "zset");
    const removed = select(inOrder(scores));
    for (const [member] of removed) scores.delete(member);
    return removed.length;
  });
}

function popping(order: Select): Command {
  return writes(-2, (keyspace, args): Reply => {
    if (args.length > 2) throw syntaxError();
    const outOfRange = () => redisError("value is out of range, must be positive");
    const count = args.length === 1 ? 1 : parseIndex(at(args, 1), outOfRange);
    if (count < 0) throw outOfRange();
    const scores = keyspace.open(at(args, 0), "zset");
    const popped = order(inOrder(scores)).slice(0, count);
    for (const [member] of popped) scores.delete(member);
    return popped.flatMap(withScore);
  });
}
