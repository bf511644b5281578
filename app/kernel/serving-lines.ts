import type { Routes } from "../../runtime/protocol.ts";
import { routeListing } from "../../runtime/routing/listing.ts";
import type { CheckedApplication } from "./check.ts";

/**
 * What `spin up` prints once it serves an application, a line each, without the blank one before. The routes are in the
 * order in which they are tried, those of a manifest of version 1 in its own order, as Spin 1.0 printed them.
 */
export function servingLines(
  url: string,
  { lockedApp: { components }, version }: Pick<CheckedApplication, "lockedApp" | "version">,
  routes: Routes,
): string[] {
  const place = new Map(components.map(({ id }, index) => [id, index]));
  // In version 1 each component has one route.
  const listed = version === 1 ? routes.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)) : routes;
  const descriptions = Object.fromEntries(components.map(({ id, metadata }) => [id, metadata.description]));
  return routeListing(url, listed, descriptions).trim().split("\n");
}
