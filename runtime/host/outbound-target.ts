import {
  type AllowedHosts,
  allows,
  allowsSelf,
  denialHint,
  destinationText,
  parseDestination,
  serviceChainingTarget,
} from "../manifest/allowed-hosts.ts";

/** Where an outbound request goes, once it may go there. */
export type OutboundTarget =
  | { kind: "network"; url: URL }
  /** The application itself, through its routes. */
  | { kind: "self"; url: URL }
  /** One component of the application, whatever its route (Spin's service chaining). */
  | { kind: "component"; id: string; url: URL };

export type TargetResult =
  | { target: OutboundTarget }
  /** The allow-list has no entry for it. */
  | { denied: { destination: string; hint: string } }
  | { invalid: string };

/**
 * Finds out what a request's URL means, and whether `allowed_outbound_hosts` has it. As in Spin: a relative URL and the
 * host `self.alt` (here also `self`) are the application itself, `<id>.spin.internal` is one component. A request to the
 * application's own origin needs an entry for that host, or one for `self`, and then stays inside too.
 */
export function resolveTarget(url: string, hosts: AllowedHosts, ownOrigin: string): TargetResult {
  const relative = url.startsWith("/") || url === "";
  const base = relative ? `${ownOrigin}${url}` : url;
  if (!URL.canParse(base)) return { invalid: `"${url}" is not a URL` };
  const absolute = new URL(base);
  if (absolute.protocol !== "http:" && absolute.protocol !== "https:") {
    return { invalid: `"${url}" has a scheme other than http and https` };
  }
  // A browser refuses to fetch such an address.
  if (absolute.username !== "" || absolute.password !== "") {
    return { invalid: "its URL holds a user name or password; use the header authorization" };
  }

  if (relative || absolute.hostname === "self" || absolute.hostname === "self.alt") {
    if (!allowsSelf(hosts)) return denied("self", true);
    return { target: { kind: "self", url: new URL(absolute.pathname + absolute.search, ownOrigin) } };
  }
  const toOwnOrigin = absolute.origin === ownOrigin;
  if (!allows(absolute, hosts) && !(toOwnOrigin && allowsSelf(hosts))) {
    const destination = parseDestination(absolute.href);
    return denied(destination === undefined ? absolute.origin : destinationText(destination), false);
  }
  const id = serviceChainingTarget(absolute.hostname);
  if (id !== undefined) return { target: { kind: "component", id, url: absolute } };
  return { target: { kind: toOwnOrigin ? "self" : "network", url: absolute } };
}

function denied(destination: string, toSelf: boolean): TargetResult {
  return { denied: { destination, hint: denialHint(destination, toSelf) } };
}
