/** Headers between a component, which has bytes, and the browser, which has byte strings. */
export type HeaderBytes = [name: string, value: Uint8Array];

/**
 * Headers that `fetch` sets itself or takes from the connection, so that leaving them out changes nothing for the
 * component. The others that it refuses are named in the log.
 */
const setByBrowser = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "keep-alive",
  "accept-encoding",
]);

/** The forbidden request-headers of the Fetch standard, without those above. */
const forbidden = new Set([
  "accept-charset",
  "access-control-request-headers",
  "access-control-request-method",
  "access-control-request-private-network",
  "cookie",
  "cookie2",
  "date",
  "dnt",
  "expect",
  "origin",
  "referer",
  "set-cookie",
  "te",
  "trailer",
  "upgrade",
  "via",
]);

/** What the browser will send, and the names of headers that it will not and that make a difference. */
export function toBrowserHeaders(headers: readonly HeaderBytes[]): { headers: Headers; dropped: string[] } {
  const result = new Headers();
  const dropped = new Set<string>();
  for (const [written, value] of headers) {
    const name = written.toLowerCase();
    if (setByBrowser.has(name)) continue;
    if (forbidden.has(name) || name.startsWith("proxy-") || name.startsWith("sec-")) dropped.add(name);
    else if (!tryAppend(result, name, value)) dropped.add(name);
  }
  return { headers: result, dropped: [...dropped] };
}

function tryAppend(headers: Headers, name: string, value: Uint8Array): boolean {
  try {
    headers.append(name, byteString(value));
    return true;
  } catch {
    // A TypeError: not a name or a value that HTTP allows. The caller names the header.
    return false;
  }
}

/**
 * The headers of a response. `decoded` says that the browser has undone the content coding: its name and the length
 * before decoding then say nothing true about the body. (Across origins the browser hides `content-encoding` but shows
 * `content-length`, so one cannot be judged by the other.)
 */
export function fromBrowserHeaders(headers: Headers, decoded: boolean): HeaderBytes[] {
  const untrue = decoded ? ["content-encoding", "content-length"] : [];
  return [...headers]
    .filter(([name]) => !untrue.includes(name))
    .map(([name, value]): HeaderBytes => [name, Uint8Array.from(value, (character) => character.charCodeAt(0))]);
}

/** Fetch's isomorphic decoding: one code unit for each byte. */
function byteString(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
