import { isToken } from "../host/wasi-http-types.ts";
import type { WholeResponse } from "./whole-messages.ts";

const lineFeed = 10;
const carriageReturn = 13;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * What a program printed as a response, as Spin makes it (`compose_response` of `crates/http/src/wagi`): headers up to the
 * first empty line, then the body. Fails for headers that are no text, and for a content type or location that is no value.
 */
export function composeResponse(stdout: Uint8Array): WholeResponse {
  const { head, body } = splitHead(stdout);
  const headers = new Map<string, string>();
  let status: number | undefined;
  let isSufficient = false;
  for (const [name, value] of parseHead(head)) {
    const lowerCase = name.toLowerCase();
    if (lowerCase === "status") status = readStatus(value);
    else if (isToken(lowerCase)) headers.set(lowerCase, value);
    isSufficient ||= ["status", "content-type", "location"].includes(lowerCase);
  }
  if (!isSufficient) {
    const text = "Exactly one of 'location' or 'content-type' must be specified";
    return { status: 500, headers: [], body: new TextEncoder().encode(text) };
  }
  return { status: status ?? (headers.has("location") ? 302 : 200), headers: [...headers], body };
}

/** Bytes of headers that a program may print, as in `wasi:http` here. */
const mostHead = 128 * 1024;

/** Carriage returns are no part of headers. Without an empty line there are no headers, and nothing that is a response. */
function splitHead(stdout: Uint8Array): { head: Uint8Array; body: Uint8Array } {
  let last = 0;
  for (const [at, byte] of stdout.subarray(0, mostHead).entries()) {
    if (byte === carriageReturn) continue;
    if (byte === lineFeed && last === lineFeed) {
      const head = stdout.subarray(0, at).filter((kept) => kept !== carriageReturn);
      return { head, body: stdout.subarray(at + 1) };
    }
    last = byte;
  }
  if (stdout.length > mostHead) throw new Error(`no empty line ends the headers within ${mostHead} bytes`);
  return { head: new Uint8Array(), body: new Uint8Array() };
}

/** Of two lines with the very same name the last one counts. A line without a colon is left out. */
function parseHead(head: Uint8Array): Map<string, string> {
  const lines = utf8.decode(head).trim().split("\n");
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const colon = line.indexOf(":");
      return colon < 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
    }),
  );
}

/** The number before a space; what is no status of HTTP is a fault of the gateway: 502. */
function readStatus(value: string): number {
  const [code = ""] = value.split(" ", 1);
  return /^[1-9]\d\d$/.test(code) ? Number(code) : 502;
}
