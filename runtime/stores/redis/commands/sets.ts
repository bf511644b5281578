import type { ByteString } from "../byte-string.ts";
import { at, type Command, type Commands, everyKey, reads, twoKeys, writes } from "../command.ts";
import type { Keyspace } from "../keyspace.ts";
import { parseIndex } from "../numbers.ts";
import { redisError, type Reply, syntaxError } from "../reply.ts";
import { countedKeys, countOfKeys } from "./counted-keys.ts";
import { randomElements, shuffled } from "./random.ts";
import { scanElements } from "./scan.ts";

type Members = ReadonlySet<ByteString>;
type Combine = (first: Members, others: readonly Members[]) => Members;

const combinations: Readonly<Record<string, Combine>> = {
  inter: (first, others) => new Set([...first].filter((member) => others.every((other) => other.has(member)))),
  union: (first, others) => new Set([first, ...others].flatMap((members) => [...members])),
  diff: (first, others) => new Set([...first].filter((member) => others.every((other) => !other.has(member)))),
};

export const setCommands: Commands = {
  smembers: reading((members) => [...members]),
  scard: reading((members) => members.size),
  sismember: reads(3, (keyspace, [key = "", member = ""]) => Number(membersOf(keyspace, key).has(member))),
  smismember: reads(-3, (keyspace, [key = "", ...wanted]) => {
    const members = membersOf(keyspace, key);
    return wanted.map((member) => Number(members.has(member)));
  }),
  srandmember: reads(-2, (keyspace, [key = "", ...options]) =>
    randomElements([...membersOf(keyspace, key)], options, { plain: (member) => member }),
  ),
  sscan: reads(-3, (keyspace, [key = "", ...options]) =>
    scanElements(
      [...membersOf(keyspace, key)].map((name) => ({ name, shown: [name] })),
      options,
    ),
  ),

  sadd: writes(-3, (keyspace, [key = "", ...added]) => {
    const members = keyspace.open(key, "set");
    const before = members.size;
    for (const member of added) members.add(member);
    return members.size - before;
  }),
  srem: writes(-3, (keyspace, [key = "", ...removed]) => {
    const members = keyspace.open(key, "set");
    return removed.filter((member) => members.delete(member)).length;
  }),
  spop: writes(-2, (keyspace, [key = "", countText, ...rest]): Reply => {
    if (rest.length > 0) throw syntaxError();
    const count = countText === undefined ? 1 : parseIndex(countText, outOfRange);
    if (count < 0) throw outOfRange();
    const members = keyspace.open(key, "set");
    const popped = shuffled([...members]).slice(0, count);
    for (const member of popped) members.delete(member);
    return countText === undefined ? (popped[0] ?? null) : popped;
  }),
  smove: writes(
    4,
    (keyspace, [from = "", to = "", member = ""]) => {
      const members = keyspace.read(from, "set");
      if (members === undefined) return 0;
      membersOf(keyspace, to);
      if (!members.has(member)) return 0;
      keyspace.open(from, "set").delete(member);
      keyspace.open(to, "set").add(member);
      return 1;
    },
    twoKeys,
  ),
  sintercard: reads(
    -3,
    (keyspace, args) => {
      const { keys, rest } = countedKeys(args, 0);
      const [option, limitText, ...more] = rest;
      if (rest.length > 0 && (option?.toUpperCase() !== "LIMIT" || limitText === undefined || more.length > 0)) {
        throw syntaxError();
      }
      const limit = limitText === undefined ? 0 : parseIndex(limitText, () => redisError("LIMIT can't be negative"));
      if (limit < 0) throw redisError("LIMIT can't be negative");
      const size = combined(keyspace, keys, "inter").size;
      return limit === 0 ? size : Math.min(size, limit);
    },
    countOfKeys(0),
  ),
  ...Object.fromEntries(
    Object.keys(combinations).flatMap((name): [string, Command][] => [
      [`s${name}`, reads(-2, (keyspace, keys) => [...combined(keyspace, keys, name)], everyKey)],
      [`s${name}store`, storing(name)],
    ]),
  ),
};

const outOfRange = () => redisError("value is out of range, must be positive");

function membersOf(keyspace: Keyspace, key: ByteString): Members {
  return keyspace.read(key, "set") ?? new Set<ByteString>();
}

function reading(answer: (members: Members) => Reply): Command {
  return reads(2, (keyspace, args) => answer(membersOf(keyspace, at(args, 0))));
}

function combined(keyspace: Keyspace, keys: readonly ByteString[], how: string): Members {
  const [first = new Set<ByteString>(), ...others] = keys.map((key) => membersOf(keyspace, key));
  return combinations[how]?.(first, others) ?? first;
}

function storing(how: string): Command {
  return writes(
    -3,
    (keyspace, [target = "", ...keys]) => {
      const members = combined(keyspace, keys, how);
      keyspace.put(target, "set", new Set(members));
      return members.size;
    },
    everyKey,
  );
}
