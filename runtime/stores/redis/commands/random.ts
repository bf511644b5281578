import type { ByteString } from "../byte-string.ts";
import { at } from "../command.ts";
import { parseIndex } from "../numbers.ts";
import { redisError, type Reply, syntaxError } from "../reply.ts";
import { pickOne } from "./pick.ts";

/** How an element is shown: alone, and with the option that asks for more (`WITHVALUES`, `WITHSCORES`). */
interface Shown<T> {
  plain: (element: T) => ByteString;
  detailed?: (element: T) => readonly ByteString[];
  option?: string;
}

/** As many as a SCAN or an array of replies may have here; Redis has a similar bound. */
const mostRepeated = 1_000_000;

/**
 * HRANDFIELD, SRANDMEMBER, ZRANDMEMBER, after the key: one element without a count; so many different ones with a
 * count; with a negative one so many, of which some may be the same.
 */
export function randomElements<T>(list: readonly T[], options: readonly ByteString[], shown: Shown<T>): Reply {
  const [countText, option, ...rest] = options;
  if (countText === undefined) {
    const one = pickOne(list);
    return one === undefined ? null : shown.plain(one);
  }
  const count = parseIndex(countText);
  const isDetailed = option !== undefined;
  if (rest.length > 0 || (isDetailed && at(options, 1).toUpperCase() !== shown.option)) throw syntaxError();
  if (count < -mostRepeated) throw redisError("value is out of range");
  const picked = count < 0 ? repeated(list, -count) : shuffled(list).slice(0, count);
  return isDetailed && shown.detailed ? picked.flatMap(shown.detailed) : picked.map(shown.plain);
}

function repeated<T>(list: readonly T[], count: number): T[] {
  return Array.from({ length: list.length === 0 ? 0 : count }, () => pickOne(list)).filter(
    (element) => element !== undefined,
  );
}

/** A copy in random order (Fisher and Yates). */
export function shuffled<T>(list: readonly T[]): T[] {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
  }
  return copy;
}
