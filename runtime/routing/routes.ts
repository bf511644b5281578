/** The route table of an application (Spin's `routes` crate). */
import type { Diagnostic } from "../diagnostic.ts";
import { readHttpTrigger } from "../manifest/http-trigger.ts";
import type { HttpTriggerConfig, LockedApp } from "../manifest/locked-app.ts";
import type { ManifestPositions } from "../manifest/manifest-positions.ts";
import type { RouteInfo } from "../protocol.ts";
import { compareLegacyRoutes, matchLegacyRoute, parseLegacyRoute } from "./legacy-routes.ts";
import { compareRoutes, matchRoute, parseRoute, type RoutePattern } from "./route-pattern.ts";
import { wellKnownPrefix } from "./well-known.ts";

export interface Route {
  /** As written in the manifest. */
  raw: string;
  pattern: RoutePattern;
  /** The application's base: `/` but for old applications. */
  base: string;
  /** The component that answers. For a static response, which none answers, the trigger's id. */
  componentId: string;
  triggerId: string;
  /** Sent in place of an answer by a component. */
  staticResponse?: NonNullable<HttpTriggerConfig["static_response"]>;
  executor: NonNullable<HttpTriggerConfig["executor"]>;
}

export interface Match {
  route: Route;
  /** What a trailing wildcard took, with its leading and trailing slash, undecoded; empty when there is nothing. */
  pathInfo: string;
  /** Values of `:name` segments. */
  params: [name: string, value: string][];
  /** Of a service-chaining request: it came through no listener, so there is no `host`. */
  isChained?: true;
}

export interface RouteTable {
  /** The route for a request's path (undecoded, without query), or `undefined`: 404. */
  match(path: string): Match | undefined;
  /**
   * The match of a service-chaining request to a component: as if it had the route `/...`, whatever its own are.
   * `undefined` for one that no HTTP trigger names.
   */
  chained(componentId: string, path: string): Match | undefined;
  /** In the order in which they are tried. Private ones are not among them. */
  readonly routes: readonly Route[];
}

/**
 * Builds the table of an application's HTTP triggers. `routes` is in the order of Spin's "Available Routes". Warnings
 * are those that Spin logs at the start; `positions` place them. An application with a `base` other than `/` (which only a
 * manifest of version 1 may have) is routed and listed as by Spin 1.0; today's Spin does not start it.
 */
export function buildRoutes(
  app: LockedApp,
  positions?: ManifestPositions,
): { table: RouteTable; routes: RouteInfo[]; warnings: Diagnostic[] } {
  const settings = app.metadata.triggers?.["http"]?.["base"];
  const base = typeof settings === "string" ? settings : "/";
  const isLegacy = base !== "/";
  const warnings: Diagnostic[] = [];
  const warn = (code: string, message: string, triggerId: string): void => {
    const place = positions === undefined ? {} : { file: positions.file, ...positions.trigger(triggerId, "route") };
    warnings.push({ severity: "warning", code, message, ...place });
  };

  // The last of several routes of one text counts, and keeps the place of the first.
  const byText = new Map<string, Route>();
  const executors = new Map<string, Route["executor"]>();
  for (const trigger of app.triggers) {
    if (trigger.trigger_type !== "http") continue;
    const {
      route: raw,
      component,
      static_response: staticResponse,
      executor = { type: "http" },
    } = readHttpTrigger(trigger);
    if (component !== undefined) executors.set(component, executor);
    if (executor.type === "wagi") warn("wagi-executor", deprecated(raw, component), trigger.id);
    if (typeof raw !== "string") continue;
    const pattern = isLegacy ? parseLegacyRoute(raw, base) : parseRoute(raw);
    // `parseManifest` refuses such a route; in a locked application from elsewhere it matches nothing.
    if ("fault" in pattern) {
      warn(
        "invalid-route",
        `Error parsing route ${pattern.based} associated with component ${component ?? trigger.id}: ${pattern.fault}`,
        trigger.id,
      );
      continue;
    }
    const route: Route = { raw, pattern, base, componentId: component ?? trigger.id, triggerId: trigger.id, executor };
    if (staticResponse !== undefined) route.staticResponse = staticResponse;
    const replaced = byText.get(raw);
    if (replaced !== undefined) warn("duplicate-route", duplicate(replaced, route), replaced.triggerId);
    byText.set(raw, route);
  }

  const compare = isLegacy ? compareLegacyRoutes : compareRoutes;
  const routes = [...byText.values()].sort((a, b) => compare(a.pattern, b.pattern));
  const listed = isLegacy ? [...byText.values()] : routes;
  for (const route of routes) {
    if (route.pattern.based.startsWith(wellKnownPrefix)) warn("reserved-route", reserved, route.triggerId);
  }
  return {
    table: {
      routes,
      match: isLegacy ? (path) => matchLegacy(routes, path) : (path) => match(routes, path),
      chained(componentId, path) {
        const executor = executors.get(componentId);
        return executor && chainedMatch(componentId, path, executor);
      },
    },
    routes: listed.map(({ componentId, pattern }) => ({
      id: componentId,
      route: pattern.prefix === "" ? "/" : pattern.prefix,
      wildcard: pattern.wildcard,
    })),
    warnings,
  };
}

const reserved = "Routes under /.well-known/spin/ are handled by the Spin runtime and will never be reached";

/** Spin says the second part once for all. */
function deprecated(route: string | { private: true }, component = "<unknown>"): string {
  const what = typeof route === "string" ? `route ${route}` : `private endpoint for ${component}`;
  return (
    `HTTP ${what} uses the WAGI executor. WAGI will be deprecated in a future version of Spin. To provide feedback, please ` +
    "visit https://github.com/spinframework/spin/issues/3520."
  );
}

function duplicate(replaced: Route, effective: Route): string {
  const route = replaced.pattern.based === "" ? "/" : replaced.pattern.based;
  return [
    "The following component routes are duplicates and will never be used:",
    `  ${replaced.componentId}: ${route} (duplicate of ${effective.componentId})`,
  ].join("\n");
}

function match(routes: readonly Route[], path: string): Match | undefined {
  for (const route of routes) {
    const captures = matchRoute(route.pattern, path);
    if (captures !== undefined) return { route, params: captures.params, pathInfo: pathInfo(captures.rest, path) };
  }
  return undefined;
}

function matchLegacy(routes: readonly Route[], path: string): Match | undefined {
  for (const route of routes) {
    const pathInfo = matchLegacyRoute(route.pattern, path);
    if (pathInfo !== undefined) return { route, params: [], pathInfo };
  }
  return undefined;
}

/** Slashes at the ends of the path do not count for matching, but a guest sees the trailing one. */
function pathInfo(rest: string | undefined, path: string): string {
  if (rest === undefined) return "";
  const trailing = path.endsWith("/") ? "/" : "";
  return rest === "" ? trailing : `/${rest}${trailing}`;
}

/** The match of a service-chaining request, for which the route of the component does not count. */
export function chainedMatch(componentId: string, path: string, executor: Route["executor"] = { type: "http" }): Match {
  const pattern: RoutePattern = { segments: [{ kind: "wildcard" }], based: "/...", prefix: "", wildcard: true };
  return {
    route: { raw: "/...", pattern, base: "/", componentId, triggerId: "", executor },
    params: [],
    pathInfo: path,
    isChained: true,
  };
}
