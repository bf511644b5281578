import type { InstanceContext } from "./context.ts";

/** Addresses that a component was told of, by component: a deployment makes new objects of all its components. */
const told = new WeakMap<InstanceContext["component"], Set<string>>();

/**
 * Tells the person, once for each deployment and server, that it is not their own server that answers. Each of the two
 * instance workers tells it once.
 */
export function tellOfPlayedServer(context: InstanceContext, server: string, text: string): void {
  const servers = told.get(context.component) ?? new Set<string>();
  told.set(context.component, servers);
  if (servers.has(server)) return;
  servers.add(server);
  context.notice(text);
}
