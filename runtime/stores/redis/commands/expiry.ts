/** Times of expiry in the options of SET, GETEX and the EXPIRE family. */
import type { ByteString } from "../byte-string.ts";
import { parseInteger } from "../numbers.ts";
import { redisError, type RedisError } from "../reply.ts";

/** How a time is given: in seconds or milliseconds, from now or from 1970. */
export interface TimeForm {
  unit: 1 | 1000;
  isAbsolute: boolean;
}

/** The options of SET and GETEX that take a time. */
export const timeOptions: Readonly<Record<string, TimeForm>> = {
  EX: { unit: 1000, isAbsolute: false },
  PX: { unit: 1, isAbsolute: false },
  EXAT: { unit: 1000, isAbsolute: true },
  PXAT: { unit: 1, isAbsolute: true },
};

/** Times beyond this are no times of Redis either: milliseconds of 64 bits. */
const latest = 2n ** 63n - 1n;

/** Milliseconds since 1970. `command` names the command in the error for a time that there is not. */
export function expiryTime(text: ByteString, form: TimeForm, now: number, command: string): number {
  const milliseconds = parseInteger(text) * BigInt(form.unit);
  const time = form.isAbsolute ? milliseconds : milliseconds + BigInt(now);
  if (time > latest || time < -latest || milliseconds > latest || milliseconds < -latest) throw invalidExpiry(command);
  return Number(time);
}

/** The same where a time that is not in the future is refused. */
export function futureTime(text: ByteString, form: TimeForm, now: number, command: string): number {
  const time = expiryTime(text, form, now, command);
  if (parseInteger(text) <= 0n) throw invalidExpiry(command);
  return time;
}

function invalidExpiry(command: string): RedisError {
  return redisError(`invalid expire time in '${command}' command`);
}
