import { checkDatabase, databasesOf, type RedisAddress } from "./address.ts";
import { type ByteString, fromText } from "./byte-string.ts";
import { fitsArity } from "./command.ts";
import { findCommand } from "./commands/all-commands.ts";
import { parseIndex } from "./numbers.ts";
import { ok, type Reply, Status, syntaxError, wrongNumberOfArguments } from "./reply.ts";

/** What a command may use of its connection. */
export interface ConnectionState {
  address: RedisAddress;
  /** The number of those who receive the message. */
  publish(channel: ByteString, payload: ByteString): Promise<number>;
  /** Runs a command that reads or changes keys, on a database of the server. */
  run(words: readonly ByteString[], address: RedisAddress): Promise<Reply>;
}

/** A command that is about the connection or the server, and not about keys. */
interface ConnectionCommand {
  arity: number;
  run(connection: ConnectionState, args: readonly ByteString[]): Reply | Promise<Reply>;
}

const commands: Readonly<Record<string, ConnectionCommand>> = {
  ping: {
    arity: -1,
    run: (_, args) => {
      if (args.length > 1) throw wrongNumberOfArguments("ping");
      return args[0] ?? new Status("PONG");
    },
  },
  echo: { arity: 2, run: (_, [text = ""]) => text },
  time: {
    arity: 1,
    run: () => {
      const milliseconds = performance.timeOrigin + performance.now();
      const seconds = Math.floor(milliseconds / 1000);
      return [seconds, (milliseconds - seconds * 1000) * 1000].map((part) => fromText(String(Math.floor(part))));
    },
  },
  select: {
    arity: 2,
    run: (connection, [text = ""]) => {
      const database = parseIndex(text);
      checkDatabase(database);
      connection.address = { ...connection.address, database };
      return ok;
    },
  },
  publish: { arity: 3, run: (connection, [channel = "", payload = ""]) => connection.publish(channel, payload) },
  flushall: {
    arity: -1,
    run: async (connection, options) => {
      if (options.length > 1 || !/^(?:|async|sync)$/i.test(options[0] ?? "")) throw syntaxError();
      const { server } = connection.address;
      await Promise.all(databasesOf(server).map((address) => connection.run(["flushdb"], address)));
      return ok;
    },
  },
};

/** Runs a command (its words, the name first) if there is one of this name; else nothing. */
export function findRunner(name: string): { arity: number; run: RunWords } | undefined {
  const about = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (about) return { arity: about.arity, run: async (connection, [, ...args]) => about.run(connection, args) };
  const keyed = findCommand(name);
  return keyed && { arity: keyed.arity, run: (connection, words) => connection.run(words, connection.address) };
}

type RunWords = (connection: ConnectionState, words: readonly ByteString[]) => Promise<Reply>;

export function checkArity(name: string, arity: number, words: readonly ByteString[]): void {
  if (!fitsArity(arity, words.length)) throw wrongNumberOfArguments(name);
}
