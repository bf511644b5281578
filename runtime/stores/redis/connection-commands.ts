import { checkDatabase, databasesOf, type RedisAddress } from "./address.ts";
import { type ByteString, fromText } from "./byte-string.ts";
import type { Command } from "./command.ts";
import { keyCommands } from "./commands/keys.ts";
import type { Access } from "./data-sets.ts";
import { parseIndex } from "./numbers.ts";
import { ok, type Reply, Status, syntaxError, wrongNumberOfArguments } from "./reply.ts";

/** What a command may use of its connection. */
export interface ConnectionState {
  address: RedisAddress;
  /** The number of those who receive the message. */
  publish(channel: ByteString, payload: ByteString): Promise<number>;
  /** Runs a command on the keys of a database of the server. */
  access(address: RedisAddress, access: Omit<Access, "dataSet">): Promise<Reply>;
}

/** Runs a command that reads or changes keys. */
export function runOnKeys(
  connection: ConnectionState,
  command: Command,
  args: readonly ByteString[],
  address: RedisAddress = connection.address,
): Promise<Reply> {
  const { writes } = command;
  return connection.access(address, {
    keys: command.keys(args),
    writes,
    run: (keyspace) => command.run(keyspace, args),
  });
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
      const { flushdb } = keyCommands;
      if (flushdb) await Promise.all(databasesOf(server).map((address) => runOnKeys(connection, flushdb, [], address)));
      return ok;
    },
  },
};

/** The command of this name (in small letters) that is about the connection or the server. */
export function findConnectionCommand(name: string): ConnectionCommand | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}
