/** The old field `allowed_http_hosts`, and what it means in terms of `allowed_outbound_hosts` (Spin's `manifest` crate). */
import { normalizeHost, parseUrl } from "./host-pattern.ts";

/**
 * Converts a list. `faults` have the index of their entry. One entry `insecure:allow-all` allows everything, and the
 * others are then not looked at.
 */
export function convertAllowedHttpHosts(list: readonly string[]): {
  hosts: { entry: string; index: number }[];
  faults: { index: number; message: string }[];
} {
  const all = list.indexOf("insecure:allow-all");
  if (all !== -1) {
    const entries = ["http://*:*", "https://*:*", "http://self"];
    return { hosts: entries.map((entry) => ({ entry, index: all })), faults: [] };
  }
  const hosts: { entry: string; index: number }[] = [];
  const faults: { index: number; message: string }[] = [];
  for (const [index, text] of list.entries()) {
    const host = parseHttpHost(text);
    if ("fault" in host) {
      faults.push({ index, message: `One or more allowed_http_hosts entries was invalid:\n${host.fault}` });
    } else if (host.authority === "self") {
      hosts.push({ entry: "http://self", index });
    } else {
      hosts.push({ entry: `http://${host.authority}`, index }, { entry: `https://${host.authority}`, index });
    }
  }
  return { hosts, faults };
}

/** Why a URL cannot be read, in the words of Rust's `url`; the browser's say less. */
function reasonOf(url: string): string {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1];
  if (authority === undefined) return "relative URL without a base";
  const [, host = authority, port] = /^(.*):([^:\]]*)$/.exec(authority.replace(/^.*@/, "")) ?? [];
  if (port !== undefined && !(/^\d*$/.test(port) && Number(port) <= 65_535)) return "invalid port number";
  const normal = normalizeHost(host);
  return typeof normal === "string" ? "invalid domain character" : normal.fault;
}

function parseHttpHost(text: string): { authority: string } | { fault: string } {
  const withScheme = text.includes("//");
  const url = parseUrl(withScheme ? text : `http://${text}`);
  if (url === undefined) {
    const what = withScheme
      ? `isn't a valid HTTP host URL: ${reasonOf(text)}`
      : "isn't a valid host or host:port string";
    return { fault: `${text} ${what}` };
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return { fault: `${text} isn't a valid host or host:port string` };
  }
  if (url.hostname === "") return { fault: `${text} doesn't contain a host name` };
  if (url.pathname.length > 1) return { fault: `${text} contains a path, should be host and optional port only` };
  return { authority: url.host };
}
