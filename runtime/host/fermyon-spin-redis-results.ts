import { toBytes } from "../stores/redis/byte-string.ts";
import { type Reply, Status } from "../stores/redis/reply.ts";
import { WitError } from "./wit-error.ts";

/** The variant `redis-result` as jco has it. */
export type RedisResult =
  | { tag: "nil" }
  | { tag: "status"; val: string }
  | { tag: "int64"; val: bigint }
  | { tag: "binary"; val: Uint8Array };

/** What Spin hands to a guest at most at once, with the memory that its own values take (`MAX_HOST_BUFFERED_BYTES`). */
const mostBytes = 128 * 1024 * 1024;
const resultBytes = 32;

/** The results of `execute`: as in Spin, lists within lists become one list. */
export function flattenReply(reply: Reply): RedisResult[] {
  const results: RedisResult[] = [];
  let bytes = 0;
  const add = (part: Reply): void => {
    if (isList(part)) {
      for (const element of part) add(element);
      return;
    }
    bytes += resultBytes + (typeof part === "string" ? part.length : 0);
    if (bytes > mostBytes) {
      throw new WitError({ tag: "other", val: `query result exceeds limit of ${String(mostBytes)} bytes` });
    }
    results.push(toResult(part));
  };
  add(reply);
  return results;
}

function isList(reply: Reply): reply is readonly Reply[] {
  return Array.isArray(reply);
}

function toResult(reply: Exclude<Reply, readonly Reply[]>): RedisResult {
  if (reply === null) return { tag: "nil" };
  if (reply instanceof Status) return { tag: "status", val: reply.text };
  if (typeof reply === "string") return { tag: "binary", val: toBytes(reply) };
  return { tag: "int64", val: BigInt(reply) };
}
