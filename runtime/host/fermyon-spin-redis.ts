import { PlaygroundError } from "../errors.ts";
import { type ByteString, fromText, toByteString, toBytes, toText } from "../stores/redis/byte-string.ts";
import type { RedisConnection } from "../stores/redis/redis.ts";
import { RedisError, type Reply } from "../stores/redis/reply.ts";
import type { InstanceContext } from "./context.ts";
import { addressDenial } from "./fermyon-spin-denials.ts";
import { flattenReply, type RedisResult } from "./fermyon-spin-redis-results.ts";
import { WitError } from "./wit-error.ts";

/** The error of the interface. Spin has `type-error` for replies of the wrong kind alone, which do not come about here. */
type RedisFailure = { tag: "invalid-address" } | { tag: "too-many-connections" } | { tag: "other"; val: string };
type RedisParameter = { tag: "int64"; val: bigint } | { tag: "binary"; val: Uint8Array };

/** Connections that one instance may have open, as in Spin. */
const maxConnections = 1024;

/**
 * `fermyon:spin/redis@2.0.0`, on a Redis of this origin in place of the server that the address means. Errors are
 * `other(text)` with the text of Spin's Redis client, a wrong type of value included.
 */
export function fermyonSpinRedis(context: InstanceContext) {
  let open = 0;

  class Connection {
    readonly #connection: RedisConnection;
    #isOpen = true;

    private constructor(connection: RedisConnection) {
      this.#connection = connection;
      open += 1;
    }

    static open(address: string): Connection {
      const denial = addressDenial(context, "redis", address);
      if (denial) throw new WitError(denial);
      const connection = connect(context, address);
      if (open >= maxConnections) throw new WitError<RedisFailure>({ tag: "too-many-connections" });
      return new Connection(connection);
    }

    async publish(channel: string, payload: Uint8Array): Promise<void> {
      await this.#run("publish", fromText(channel), toByteString(payload));
    }

    async get(key: string): Promise<Uint8Array | undefined> {
      const reply = await this.#run("get", fromText(key));
      return typeof reply === "string" ? toBytes(reply) : undefined;
    }

    async set(key: string, value: Uint8Array): Promise<void> {
      await this.#run("set", fromText(key), toByteString(value));
    }

    async incr(key: string): Promise<bigint> {
      return (await this.#run("incr", fromText(key))) as bigint;
    }

    del(keys: string[]): Promise<number> {
      return this.#count("del", keys);
    }

    sadd(key: string, values: string[]): Promise<number> {
      return this.#count("sadd", [key, ...values]);
    }

    async smembers(key: string): Promise<string[]> {
      const members = (await this.#run("smembers", fromText(key))) as ByteString[];
      return members.map(textOfMember);
    }

    srem(key: string, values: string[]): Promise<number> {
      return this.#count("srem", [key, ...values]);
    }

    async execute(command: string, parameters: RedisParameter[]): Promise<RedisResult[]> {
      const words = parameters.map(({ tag, val }) => (tag === "int64" ? String(val) : toByteString(val)));
      return flattenReply(await this.#run(command, ...words));
    }

    async #count(command: string, words: readonly string[]): Promise<number> {
      return Number(await this.#run(command, ...words.map(fromText)));
    }

    async #run(command: string, ...words: ByteString[]): Promise<Reply> {
      try {
        return await context.suspending(this.#connection.command([fromText(command), ...words]));
      } catch (error) {
        throw redisFailure(error);
      }
    }

    [Symbol.dispose](): void {
      if (this.#isOpen) open -= 1;
      this.#isOpen = false;
    }
  }

  return { Connection };
}

function connect(context: InstanceContext, address: string): RedisConnection {
  let connection: RedisConnection | undefined;
  try {
    connection = context.backEnds.redis.connect(address);
  } catch (error) {
    throw redisFailure(error, "Redis server refused to switch database");
  }
  if (!connection) throw new WitError<RedisFailure>({ tag: "invalid-address" });
  const { server } = connection;
  context.noticeOnce(
    `redis://${server} is played by a Redis of this browser tab: a browser cannot connect to a Redis server. Its data is in this browser, and of this application alone.`,
  );
  return connection;
}

/** The text of Spin's Redis client (redis-rs 0.32) for an error reply. A fault of the playground itself is passed on. */
function redisFailure(error: unknown, what = "An error was signalled by the server"): unknown {
  if (error instanceof PlaygroundError && error.code === "store-unavailable") return other(error.message);
  if (!(error instanceof RedisError)) return error;
  const space = error.message.indexOf(" ");
  const [code, detail] = [error.message.slice(0, space), error.message.slice(space + 1)];
  return other(code === "ERR" ? `${what} - ResponseError: ${detail}` : `${code}: ${detail}`);
}

function other(val: string): WitError<RedisFailure> {
  return new WitError<RedisFailure>({ tag: "other", val });
}

/** Members of sets are text in this interface; Spin refuses others. */
function textOfMember(member: ByteString): string {
  const text = toText(member);
  if (fromText(text) !== member) throw other("Cannot convert from UTF-8- TypeError");
  return text;
}
