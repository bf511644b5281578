import type { Publisher } from "../published.ts";
import { checkDatabase, dataSetName, parseRedisAddress, type RedisAddress } from "./address.ts";
import { type ByteString, toBytes, toText } from "./byte-string.ts";
import type { ConnectionState } from "./connection-commands.ts";
import type { Access, DataSets } from "./data-sets.ts";
import type { Reply } from "./reply.ts";

/** The Redis servers that this origin plays: one for each address, made of what is stored for it. */
export interface Redis {
  /** Throws Redis' error for a database that there is not; `undefined` is an address that cannot be read. */
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
    // Loaded by the first command: most applications have none, and each worker would have to read them at its start.
    const { runCommand } = await import("./run-command.ts");
    return runCommand(this, words);
  }

  access(address: RedisAddress, access: Omit<Access, "dataSet">): Promise<Reply> {
    return this.#dataSets.access({ dataSet: dataSetName(address), ...access });
  }

  async publish(channelBytes: ByteString, payload: ByteString): Promise<number> {
    const topic = { type: "redis", server: this.server, channel: toText(channelBytes) } as const;
    // Counted before, so that one who comes just then is heard by and not counted, and never the other way round.
    const listeners = await this.#publisher.countListeners(topic);
    this.#publisher.send({ ...topic, payload: toBytes(payload) });
    return listeners;
  }
}
