import type { ByteString } from "../byte-string.ts";
import { at } from "../command.ts";
import { syntaxError } from "../reply.ts";
import { futureTime, timeOptions } from "./expiry.ts";

/** What follows key and value in SET. */
export interface SetOptions {
  /** Milliseconds since 1970, or the time that the key has already. */
  expiry: number | "keep" | undefined;
  /** Set only if the key is there (`XX`), or is not there (`NX`). */
  condition: "XX" | "NX" | undefined;
  /** Answer with what the key had. */
  get: boolean;
}

export function parseSetOptions(options: readonly ByteString[], now: number): SetOptions {
  const parsed: SetOptions = { expiry: undefined, condition: undefined, get: false };
  for (let index = 0; index < options.length; index += 1) {
    const option = at(options, index).toUpperCase();
    const time = timeOptions[option];
    if (option === "GET") {
      parsed.get = true;
    } else if ((option === "NX" || option === "XX") && (parsed.condition ?? option) === option) {
      parsed.condition = option;
    } else if (option === "KEEPTTL" && (parsed.expiry ?? "keep") === "keep") {
      parsed.expiry = "keep";
    } else if (time !== undefined && parsed.expiry === undefined && index + 1 < options.length) {
      index += 1;
      parsed.expiry = futureTime(at(options, index), time, now, "set");
    } else {
      throw syntaxError();
    }
  }
  return parsed;
}
