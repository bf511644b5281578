import { fieldValueToByteString, type FieldEntry } from "../host/wasi-http-fields.ts";

/** What WAGI tells a program of a request; the headers are those of the request, Spin's own among them. */
export interface WagiRequest {
  method: string;
  pathWithQuery: string;
  headers: readonly FieldEntry[];
  /** Of the body, in bytes. */
  contentLength: number;
}

/** Spin's header for a named segment of the route (`:name`). */
const pathMatch = "spin-path-match-";
/** The other headers of Spin, and the variables that they are for a program (Spin: `trigger-http`, `headers.rs`). */
const spinVariables: Readonly<Record<string, string>> = {
  "spin-full-url": "X_FULL_URL",
  "spin-path-info": "PATH_INFO",
  "spin-matched-route": "X_MATCHED_ROUTE",
  "spin-base-path": "X_BASE_PATH",
  "spin-raw-component-route": "X_RAW_COMPONENT_ROUTE",
  "spin-component-route": "X_COMPONENT_ROUTE",
  "spin-client-addr": "X_CLIENT_ADDR",
};
/** Not passed on (RFC 3875, 4.1.18). */
const hidden = new Set(["HTTP_AUTHORIZATION", "HTTP_CONNECTION"]);

/** The CGI variables of a request, as Spin sets them (`crates/http/src/wagi`). */
export function wagiEnvironment({ method, pathWithQuery, headers, contentLength }: WagiRequest): [string, string][] {
  const spin = new Map<string, string>();
  const http = new Map<string, string>();
  for (const [name, value] of headers) {
    const variable = spinVariable(name);
    if (variable !== undefined) spin.set(variable, utf8.decode(value));
    else if (!hidden.has(httpVariable(name))) http.set(httpVariable(name), printable(value));
  }
  const header = (wanted: string): string => printable(headers.find(([name]) => name === wanted)?.[1] ?? nothing);
  const pathInfo = spin.get("PATH_INFO") ?? "";
  const query = pathWithQuery.indexOf("?");
  const address = withoutPort(spin.get("X_CLIENT_ADDR") ?? "");
  const { host, port } = readHost(header("host"));
  const cgi: [string, string][] = [
    ["AUTH_TYPE", ""],
    ["CONTENT_LENGTH", String(contentLength)],
    // Spin looks for a header of that very name; the usual one is in HTTP_CONTENT_TYPE.
    ["CONTENT_TYPE", header("content_type")],
    ["GATEWAY_INTERFACE", "CGI/1.1"],
    ["QUERY_STRING", query < 0 ? "" : pathWithQuery.slice(query + 1)],
    ["REMOTE_ADDR", address],
    ["REMOTE_HOST", address],
    ["REMOTE_USER", ""],
    ["REQUEST_METHOD", method],
    ["SCRIPT_NAME", withoutWildcard(spin.get("X_MATCHED_ROUTE") ?? "")],
    ["X_RAW_PATH_INFO", pathInfo],
    ["PATH_TRANSLATED", percentDecoded(pathInfo)],
    ["SERVER_NAME", host],
    ["SERVER_PORT", port],
    ["SERVER_PROTOCOL", "HTTP/1.1"],
    ["SERVER_SOFTWARE", "WAGI/1"],
  ];
  return [...cgi, ...http, ...spin];
}

/** The arguments of a program: Spin's template of the manifest with the request in it. */
export function wagiArguments(template: string, pathWithQuery: string): string[] {
  const [path = "", ...rest] = pathWithQuery.split("?");
  const args = rest.join("?").replaceAll("&", " ");
  return template
    .replaceAll("${SCRIPT_NAME}", () => path)
    .replaceAll("${ARGS}", () => args)
    .split(" ");
}

const utf8 = new TextDecoder();
const nothing = new Uint8Array();

function spinVariable(header: string): string | undefined {
  if (Object.hasOwn(spinVariables, header)) return spinVariables[header];
  if (!header.startsWith(pathMatch)) return undefined;
  return `X_PATH_MATCH_${shouted(header.slice(pathMatch.length))}`;
}

const shouted = (name: string): string => name.toUpperCase().replaceAll("-", "_");
const httpVariable = (header: string): string => `HTTP_${shouted(header)}`;

function printable(value: Uint8Array): string {
  const isPrintable = value.every((byte) => byte === 0x09 || (byte >= 0x20 && byte < 0x7f));
  return isPrintable ? fieldValueToByteString(value) : "CORRUPT VALUE";
}

function readHost(header: string): { host: string; port: string } {
  const colon = header.indexOf(":");
  const [host, port] = colon < 0 ? [header, ""] : [header.slice(0, colon), header.slice(colon + 1)];
  return { host: host || "default_host", port: port || "80" };
}

function withoutPort(address: string): string {
  return address.slice(0, Math.max(0, address.lastIndexOf(":"))).replace(/^\[(.*)\]$/, "$1");
}

function withoutWildcard(route: string): string {
  return route.endsWith("/...") ? route.slice(0, -"/...".length) : route;
}

/** `%41` as the byte that it is, anything else as it is; UTF-8 with U+FFFD for what is none. */
function percentDecoded(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const decoded: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const digits = String.fromCharCode(...bytes.subarray(at + 1, at + 3));
    if (bytes[at] === 0x25 && /^[0-9a-f]{2}$/i.test(digits)) {
      decoded.push(Number.parseInt(digits, 16));
      at += 2;
    } else decoded.push(bytes[at] ?? 0);
  }
  return utf8.decode(Uint8Array.from(decoded));
}
