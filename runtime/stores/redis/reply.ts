import type { ByteString } from "./byte-string.ts";

/** What Redis answers (RESP2): nil, a simple string, an integer, bytes, or a list of such. */
export type Reply = null | Status | number | bigint | ByteString | readonly Reply[];

/** A simple string of the protocol, such as `OK`; text, and no bytes. */
export class Status {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export const ok = new Status("OK");

/** An error reply. Its message is what Redis sends: a code in capitals, a space, and a text. */
export class RedisError extends Error {
  override readonly name = "RedisError";
}

/** An error of the general code `ERR`. */
export function redisError(text: string): RedisError {
  return new RedisError(`ERR ${text}`);
}

export const syntaxError = (): RedisError => redisError("syntax error");
export const notAnInteger = (): RedisError => redisError("value is not an integer or out of range");
export const notAFloat = (): RedisError => redisError("value is not a valid float");
export const tooLong = (): RedisError => redisError("string exceeds maximum allowed size (proto-max-bulk-len)");
export const wrongNumberOfArguments = (name: string): RedisError =>
  redisError(`wrong number of arguments for '${name}' command`);
