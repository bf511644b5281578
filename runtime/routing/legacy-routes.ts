/**
 * Routing as Spin 1.0 does it, for applications with a `base`: a route is an exact path, or a prefix with `/...` behind it;
 * `:name` and `*` mean nothing. One slash at the end of a path does not count.
 */
import type { RoutePattern } from "./route-pattern.ts";

/** Reads a route as written, below the application's base. */
export function parseLegacyRoute(route: string, base: string): RoutePattern {
  const based = withoutTrailingSlash(absolute(base)) + withoutTrailingSlash(absolute(route));
  const wildcard = based.endsWith("/...");
  return { segments: [], based, prefix: wildcard ? based.slice(0, -"/...".length) : based, wildcard };
}

/** What is left of the path (undecoded, without query) behind the prefix; `undefined` when the route does not match. */
export function matchLegacyRoute({ prefix, wildcard }: RoutePattern, path: string): string | undefined {
  if (withoutTrailingSlash(path) === prefix) return wildcard ? path.slice(prefix.length) : "";
  return wildcard && path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

/** An exact route comes first, then the longest prefix. */
export function compareLegacyRoutes(a: RoutePattern, b: RoutePattern): number {
  return Number(a.wildcard) - Number(b.wildcard) || b.prefix.length - a.prefix.length;
}

function absolute(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}

function withoutTrailingSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}
