import { type ByteString, toText } from "./byte-string.ts";
import { fitsArity } from "./command.ts";
import { findCommand } from "./commands/all-commands.ts";
import { type ConnectionState, findConnectionCommand, runOnKeys } from "./connection-commands.ts";
import { missingCommands } from "./missing-commands.ts";
import { redisError, type RedisError, type Reply, wrongNumberOfArguments } from "./reply.ts";

/** Runs a command on a connection: its words, the name first. Rejects with what is wrong, as `RedisError`. */
export async function runCommand(connection: ConnectionState, words: readonly ByteString[]): Promise<Reply> {
  const [word = "", ...args] = words;
  const name = word.toLowerCase();
  const checkArity = (arity: number): void => {
    if (!fitsArity(arity, words.length)) throw wrongNumberOfArguments(name);
  };
  const about = findConnectionCommand(name);
  if (about) {
    checkArity(about.arity);
    return about.run(connection, args);
  }
  const keyed = findCommand(name);
  if (!keyed) throw unknownCommand(words);
  checkArity(keyed.arity);
  return runOnKeys(connection, keyed, args);
}

/** As many characters of name and arguments as Redis repeats in its error. */
const shownLength = 128;

function unknownCommand([name = "", ...args]: readonly ByteString[]): RedisError {
  if (missingCommands.has(name.toLowerCase())) {
    return redisError(`'${name}' is a command of Redis that the Redis of this browser tab does not have`);
  }
  let shown = "";
  for (const argument of args) {
    if (shown.length >= shownLength) break;
    shown += `'${argument.slice(0, shownLength - shown.length)}' `;
  }
  return redisError(toText(`unknown command '${name.slice(0, shownLength)}', with args beginning with: ${shown}`));
}
