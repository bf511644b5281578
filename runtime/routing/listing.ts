import type { RouteInfo } from "../protocol.ts";

/**
 * What `spin up` prints once an application is served. `routes` as `buildRoutes` gives them; `descriptions` of
 * components, by id. Ends with a line break.
 */
export function routeListing(
  baseUrl: string,
  routes: readonly RouteInfo[],
  descriptions: Readonly<Record<string, string | undefined>> = {},
): string {
  const base = baseUrl.replace(/\/$/, "");
  const lines = routes.flatMap(({ id, route, wildcard }) => {
    const line = `  ${id}: ${base}${route === "/" ? "" : route}${wildcard ? " (wildcard)" : ""}`;
    const description = Object.hasOwn(descriptions, id) ? descriptions[id] : undefined;
    return description === undefined || description === "" ? [line] : [line, `    ${description}`];
  });
  return ["", `Serving ${base}`, "Available Routes:", ...lines, ""].join("\n");
}
