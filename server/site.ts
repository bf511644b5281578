/** Which of the two kinds of origin a request is for (docs/architecture.md, "Two kinds of origin"). */
export type Site =
  | { kind: "studio" }
  | { kind: "application"; id: string }
  /** `localhost` or a loopback address: the studio does not work there, since applications would be cross-site. */
  | { kind: "loopback" }
  | { kind: "unknown" };

/** One DNS label, as RFC 1123 allows it, in lower case. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Reads a `Host` header. The port plays no part: the server answers on whatever port it was reached.
 *
 * @param host the header's value, e.g. `a1b2.play.localhost:5173`
 * @param studioHost the studio's host name without a port, e.g. `play.localhost`
 */
export function siteOf(host: string | undefined, studioHost: string): Site {
  const name = hostName(host ?? "");
  if (name === studioHost) return { kind: "studio" };
  if (name.endsWith(`.${studioHost}`)) {
    const id = name.slice(0, -studioHost.length - 1);
    return label.test(id) ? { kind: "application", id } : { kind: "unknown" };
  }
  return loopbackNames.has(name) ? { kind: "loopback" } : { kind: "unknown" };
}

/** The port of a `Host` header with its colon, `""` when there is none. */
export function portSuffix(host: string | undefined): string {
  return /:\d+$/.exec(host ?? "")?.[0] ?? "";
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, "").replace(/\.$/, "");
}
