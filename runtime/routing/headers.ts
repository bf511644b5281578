import type { Match } from "./routes.ts";

/** What the headers need of a request. `clientAddress` is `ip:port`. */
export interface RoutedRequest {
  url: string;
  headers: readonly (readonly [string, string])[];
  clientAddress: string;
}

/**
 * The headers that Spin adds to a request before the guest sees it (Spin's `trigger-http` crate, `headers.rs`). A
 * caller replaces what the client sent under these names, so that no guest sees one twice. A chained request has no `host`,
 * and its scheme does not count. An application with a `base` gets those of Spin 1.0.
 */
export function spinHeaders(match: Match, request: RoutedRequest): [string, string][] {
  const { route, params, pathInfo } = match;
  const url = new URL(request.url);
  const host = request.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? (url.host || "localhost");
  const origin = match.isChained ? "http://localhost" : `${url.protocol}//${host}`;
  // Of two params with one name the last one counts.
  const named = new Map(params.map(([name, value]) => [name.toLowerCase().replaceAll("_", "-"), value]));
  return [
    ["spin-path-info", pathInfo],
    ["spin-full-url", `${origin}${url.pathname}${url.search}`],
    ["spin-matched-route", route.pattern.based],
    ["spin-base-path", route.base],
    ["spin-raw-component-route", route.raw],
    ["spin-component-route", route.raw.endsWith("/...") ? route.raw.slice(0, -4) : route.raw],
    ...(route.base === "/" ? [["spin-client-addr", request.clientAddress] satisfies [string, string]] : []),
    ...[...named].map(([name, value]): [string, string] => [`spin-path-match-${name}`, value]),
  ];
}
