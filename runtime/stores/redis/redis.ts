import type { Publisher } from "../published.ts";
import { checkDatabase, dataSetName, parseRedisAddress, type RedisAddress } from "./address.ts";
import { type ByteString, toBytes, toText } from "./byte-string.ts";
import { findCommand } from "./commands/all-commands.ts";
import { checkArity, type ConnectionState, findRunner } from "./connection-commands.ts";
import type { DataSets } from "./data-sets.ts";
import { missingCommands } from "./missing-commands.ts";
import { redisError, type RedisError, type Reply } from "./reply.ts";

/** The Redis servers that this origin plays: one for each address, made of what is stored for it. */
export interface Redis {
  /** Rejects with Redis' error for a database that there is not; `undefined` is an address that cannot be read. */
  connect(address: string): RedisConnection | undefined;
}

export interface RedisConnection {
  /** `host:port` of the server that is played. */
  readonly server: string;
  /** Runs a command, its name first. Rejects with a `RedisError`, or a `PlaygroundError` (`store-unavailable`). */
  command(words: readonly ByteString[]): Promise<Reply>;
}

export function createRedis(dataSets: DataSets, publisher: Publisher): Redis {
  return {
    connect(text) {
      const address = parseRedisAddress(text);
      if (!address) return undefined;
      checkDatabase(address.database);
      return new Connection(dataSets, publisher, address);
    },
  };
}

class Connection implements RedisConnection, ConnectionState {
  readonly #dataSets: DataSets;
  readonly #publisher: Publisher;
  address: RedisAddress;

  constructor(dataSets: DataSets, publisher: Publisher, address: RedisAddress) {
    this.#dataSets = dataSets;
    this.#publisher = publisher;
    this.address = address;
  }

  get server(): string {
    return this.address.server;
  }

  async command(words: readonly ByteString[]): Promise<Reply> {
    const name = (words[0] ?? "").toLowerCase();
    const runner = findRunner(name);
    if (!runner) throw unknownCommand(words);
    checkArity(name, runner.arity, words);
    return runner.run(this, words);
  }

  async run([name = "", ...args]: readonly ByteString[], address: RedisAddress): Promise<Reply> {
    const command = findCommand(name.toLowerCase());
    if (!command) throw unknownCommand([name, ...args]);
    return this.#dataSets.access({
      dataSet: dataSetName(address),
      keys: command.keys(args),
      writes: command.writes,
      run: (keyspace) => command.run(keyspace, args),
    });
  }

  async publish(channelBytes: ByteString, payload: ByteString): Promise<number> {
    const topic = { type: "redis", server: this.server, channel: toText(channelBytes) } as const;
    // Counted before, so that one who comes just then is heard by and not counted, and never the other way round.
    const listeners = await this.#publisher.countListeners(topic);
    this.#publisher.send({ ...topic, payload: toBytes(payload) });
    return listeners;
  }
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
