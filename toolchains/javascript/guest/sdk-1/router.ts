import type { RequestLike, RouterType, RouteHandler } from "./types.ts";

/**
 * The router of the Spin 1.0 SDK: routes are tried in order, the first handler that returns something answers. Paths know
 * `:name`, `:name?`, `:name+` (several segments), `*`, and a file extension after a parameter.
 */
export function createRouter(): RouterType {
  const routes: RouterType["routes"] = [];
  const add =
    (method: string) =>
    (path: string, ...handlers: RouteHandler[]): RouterType => {
      routes.push([method, pathPattern(path), handlers]);
      return router;
    };
  const router: RouterType = {
    all: add("ALL"),
    delete: add("DELETE"),
    get: add("GET"),
    options: add("OPTIONS"),
    patch: add("PATCH"),
    post: add("POST"),
    put: add("PUT"),
    routes,
    handle: (request, ...extras) => handle(routes, request, extras),
    handleRequest: (request, ...extras) =>
      handle(routes, { method: request.method, url: request.headers["spin-full-url"] ?? "" }, extras),
  };
  return router;
}

async function handle(routes: RouterType["routes"], request: RequestLike, extras: any[]): Promise<any> {
  const url = new URL(request.url);
  const query: Record<string, string | string[]> = {};
  for (const [key, value] of url.searchParams) {
    const old = query[key];
    query[key] = old === undefined ? value : [old, value].flat();
  }
  for (const [method, pattern, handlers] of routes) {
    const match = method === "ALL" || method === request.method.toUpperCase() ? pattern.exec(url.pathname) : null;
    if (!match) continue;
    const routed = Object.assign(request, { params: { ...match.groups }, query });
    for (const handler of handlers) {
      const answer: unknown = await handler(routed, ...extras);
      if (answer !== undefined) return answer;
    }
  }
  return undefined;
}

/** Turns a route's path into a pattern that matches it, with or without a slash at the end. */
export function pathPattern(path: string): RegExp {
  const source = path
    .replace(/\/+(?:\/|$)/g, "/")
    .replace(/\/$/, "")
    .replace(/\./g, "\\.")
    .replace(/(\/?)\*/g, "($1.*)?")
    .replace(/(\/?):(\w+)\+/g, "$1(?<$2>.+?)")
    .replace(/\/:(\w+)\?/g, "(?:/(?<$1>[^/]+?))?")
    .replace(/:(\w+)/g, "(?<$1>[^/]+?)");
  return new RegExp(`^${source}/*$`);
}
