import type { ByteString } from "../byte-string.ts";
import { type Command, type Commands, reads, twoKeys, writes } from "../command.ts";
import type { Keyspace } from "../keyspace.ts";
import { parseIndex } from "../numbers.ts";
import { ok, redisError, type Reply, syntaxError, wrongNumberOfArguments } from "../reply.ts";
import { listPositions } from "./list-positions.ts";
import { range } from "./ranges.ts";

type End = "left" | "right";

export const listCommands: Commands = {
  llen: reads(2, (keyspace, [key = ""]) => listOf(keyspace, key).length),
  lrange: reads(4, (keyspace, [key = "", start = "", end = ""]) => {
    const [from, to] = [parseIndex(start), parseIndex(end)];
    const list = listOf(keyspace, key);
    return list.slice(...range(from, to, list.length));
  }),
  lindex: reads(3, (keyspace, [key = "", index = ""]) => {
    const list = keyspace.read(key, "list");
    return list?.at(parseIndex(index)) ?? null;
  }),
  lpos: reads(-3, (keyspace, [key = "", element = "", ...options]) =>
    listPositions(() => listOf(keyspace, key), element, options),
  ),

  lpush: pushing("left", false),
  rpush: pushing("right", false),
  lpushx: pushing("left", true),
  rpushx: pushing("right", true),
  lpop: popping("left", "lpop"),
  rpop: popping("right", "rpop"),
  lset: writes(4, (keyspace, [key = "", indexText = "", element = ""]) => {
    if (!keyspace.has(key)) throw redisError("no such key");
    const list = keyspace.open(key, "list");
    const index = parseIndex(indexText);
    const place = index < 0 ? list.length + index : index;
    if (place < 0 || place >= list.length) throw redisError("index out of range");
    list[place] = element;
    return ok;
  }),
  linsert: writes(5, (keyspace, [key = "", where = "", pivot = "", element = ""]) => {
    const offset = ["BEFORE", "AFTER"].indexOf(where.toUpperCase());
    if (offset === -1) throw syntaxError();
    if (!keyspace.has(key)) return 0;
    const list = keyspace.open(key, "list");
    const place = list.indexOf(pivot);
    if (place === -1) return -1;
    list.splice(place + offset, 0, element);
    return list.length;
  }),
  lrem: writes(4, (keyspace, [key = "", countText = "", element = ""]) => {
    const count = parseIndex(countText);
    const list = keyspace.open(key, "list");
    const places = [...list.keys()].filter((place) => list[place] === element);
    const chosen = new Set(count < 0 ? places.slice(count) : places.slice(0, count === 0 ? undefined : count));
    keyspace.put(
      key,
      "list",
      [...list.entries()].flatMap(([place, kept]) => (chosen.has(place) ? [] : [kept])),
      keyspace.entry(key)?.expiresAt,
    );
    return chosen.size;
  }),
  ltrim: writes(4, (keyspace, [key = "", start = "", end = ""]) => {
    const [from, to] = [parseIndex(start), parseIndex(end)];
    const list = keyspace.open(key, "list");
    keyspace.put(key, "list", list.slice(...range(from, to, list.length)), keyspace.entry(key)?.expiresAt);
    return ok;
  }),
  lmove: writes(
    5,
    (keyspace, [from = "", to = "", fromEnd = "", toEnd = ""]) =>
      move(keyspace, from, to, endOf(fromEnd), endOf(toEnd)),
    twoKeys,
  ),
  rpoplpush: writes(3, (keyspace, [from = "", to = ""]) => move(keyspace, from, to, "right", "left"), twoKeys),
};

function listOf(keyspace: Keyspace, key: ByteString): readonly ByteString[] {
  return keyspace.read(key, "list") ?? [];
}

function add(list: ByteString[], end: End, element: ByteString): void {
  if (end === "left") list.unshift(element);
  else list.push(element);
}

function take(list: ByteString[], end: End): ByteString | undefined {
  return end === "left" ? list.shift() : list.pop();
}

function pushing(end: End, onlyIfThere: boolean): Command {
  return writes(-3, (keyspace, [key = "", ...elements]) => {
    if (onlyIfThere && keyspace.read(key, "list") === undefined) return 0;
    const list = keyspace.open(key, "list");
    for (const element of elements) add(list, end, element);
    return list.length;
  });
}

function popping(end: End, name: string): Command {
  return writes(-2, (keyspace, args): Reply => {
    const [key = "", countText, ...rest] = args;
    if (rest.length > 0) throw wrongNumberOfArguments(name);
    const count = countText === undefined ? 1 : parseIndex(countText, outOfRange);
    if (count < 0) throw outOfRange();
    if (keyspace.read(key, "list") === undefined) return null;
    const list = keyspace.open(key, "list");
    if (countText === undefined) return take(list, end) ?? null;
    return Array.from({ length: Math.min(count, list.length) }, () => take(list, end) ?? null);
  });
}

const outOfRange = () => redisError("value is out of range, must be positive");

function endOf(word: ByteString): End {
  const end = word.toLowerCase();
  if (end !== "left" && end !== "right") throw syntaxError();
  return end;
}

function move(keyspace: Keyspace, from: ByteString, to: ByteString, fromEnd: End, toEnd: End): Reply {
  if (keyspace.read(from, "list") === undefined) return null;
  keyspace.read(to, "list");
  const element = take(keyspace.open(from, "list"), fromEnd);
  // Never undefined: a list that is there is not empty.
  if (element !== undefined) add(keyspace.open(to, "list"), toEnd, element);
  return element ?? null;
}
