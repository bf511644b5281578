import type { ByteString } from "../byte-string.ts";
import { at } from "../command.ts";
import { parseIndex } from "../numbers.ts";
import { redisError, type Reply, syntaxError } from "../reply.ts";

/** LPOS: the places of an element, from the `RANK`th match on, among the first `MAXLEN` elements that are looked at. */
export function listPositions(
  readList: () => readonly ByteString[],
  element: ByteString,
  options: readonly ByteString[],
): Reply {
  let [rank, maximum, count] = [1, 0, undefined as number | undefined];
  for (let index = 0; index < options.length; index += 2) {
    const option = at(options, index).toUpperCase();
    if (index + 1 >= options.length) throw syntaxError();
    const value = at(options, index + 1);
    if (option === "RANK") rank = parseIndex(value);
    else if (option === "COUNT") count = notNegative(value, "COUNT");
    else if (option === "MAXLEN") maximum = notNegative(value, "MAXLEN");
    else throw syntaxError();
  }
  if (rank === 0) {
    throw redisError(
      "RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
    );
  }
  const list = readList();
  const places = rank > 0 ? [...list.keys()] : [...list.keys()].toReversed();
  const looked = maximum === 0 ? places : places.slice(0, maximum);
  const found = looked.filter((place) => list[place] === element).slice(Math.abs(rank) - 1);
  if (count === undefined) return found[0] ?? null;
  return count === 0 ? found : found.slice(0, count);
}

function notNegative(text: ByteString, option: string): number {
  const failure = () => redisError(`${option} can't be negative`);
  const value = parseIndex(text, failure);
  if (value < 0) throw failure();
  return value;
}
