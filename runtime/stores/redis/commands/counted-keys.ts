import type { ByteString } from "../byte-string.ts";
import { at, type Command } from "../command.ts";
import { parseIndex } from "../numbers.ts";
import { redisError, syntaxError } from "../reply.ts";

/** Keys whose number stands before them, at place `index` of the arguments, and what follows. */
export function countedKeys(
  args: readonly ByteString[],
  index: number,
  command?: string,
): { keys: readonly ByteString[]; rest: readonly ByteString[] } {
  const none = () =>
    redisError(
      command === undefined
        ? "numkeys should be greater than 0"
        : `at least 1 input key is needed for '${command}' command`,
    );
  const count = command === undefined ? parseIndex(at(args, index), none) : parseIndex(at(args, index));
  if (count < 1) throw none();
  const rest = args.slice(index + 1);
  if (count > rest.length) {
    throw command === undefined ? redisError("Number of keys can't be greater than number of args") : syntaxError();
  }
  return { keys: rest.slice(0, count), rest: rest.slice(count) };
}

/** The same for `Command.keys`, with the arguments before the number, which are keys too. */
export function countOfKeys(index: number, command?: string): Command["keys"] {
  return (args) => [...args.slice(0, index), ...countedKeys(args, index, command).keys];
}
