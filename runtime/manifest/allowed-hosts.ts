/** `allowed_outbound_hosts`: its grammar and its check (Spin's `outbound-networking-config` crate). */
import { type HostPattern, hostMatches, normalizeHost, parseHost, parseUrl } from "./host-pattern.ts";
import { quoted } from "./identifiers.ts";
import { fillTemplate, parseTemplate } from "./template.ts";

/** One entry: `scheme://host[:port]`. */
export interface AllowedHost {
  /** `*` for any. */
  scheme: string;
  host: HostPattern;
  /** Half-open, as Spin's ranges are; a single port is `{ from: p, to: p + 1 }`. */
  port: "any" | { from: number; to: number };
}

/** A component's list, parsed. */
export interface AllowedHosts {
  readonly entries: readonly AllowedHost[];
  /** Entries that could not be resolved or parsed; they allow nothing. */
  readonly faults: readonly AllowedHostFault[];
}

/** Where a request wants to go. `host` as written in a URL, IPv6 in brackets. */
export interface Destination {
  scheme: string;
  host: string;
  port?: number;
}

const learnMore = "Learn more: https://spinframework.dev/v3/http-outbound#granting-http-permissions-to-components";
const defaultPorts = new Map(
  Object.entries({ postgres: 5432, mysql: 3306, redis: 6379, mqtt: 1883, http: 80, https: 443 }),
);

/** Parses one entry without templates; the fault is Spin's message with its context, joined by `: `. */
export function parseAllowedHost(entry: string): AllowedHost | { fault: string } {
  const text = entry.trim();
  const separator = text.indexOf("://");
  if (separator === -1) return { fault: noScheme(text) };
  const scheme = text.slice(0, separator);
  const rest = text.slice(separator + 3);
  const colon = rest.lastIndexOf(":");
  const hostText = colon === -1 ? rest : rest.slice(0, colon);
  const [portText = "", ...path] = colon === -1 ? [] : rest.slice(colon + 1).split("/");
  if (path.join("/") !== "") return { fault: `${quoted(text)} has a path but is not allowed to` };

  const port = parsePort(portText, scheme);
  if (typeof port === "object" && "fault" in port) {
    return { fault: `Invalid allowed host port ${quoted(portText)}: ${port.fault}` };
  }
  const schemeFault = faultOfScheme(scheme);
  if (schemeFault !== undefined) return { fault: `Invalid allowed host scheme ${quoted(scheme)}: ${schemeFault}` };
  const host = parseHost(hostText);
  if ("fault" in host) return { fault: `Invalid allowed host ${quoted(hostText)}: ${host.fault}` };
  return { scheme, host, port };
}

function noScheme(text: string): string {
  if (!["*", ":", "", "?"].includes(text)) {
    return `${quoted(text)} does not contain a scheme (e.g., 'http://' or '*://')\n${learnMore}`;
  }
  return [
    `${quoted(text)} is not an allowed outbound host format.`,
    "Hosts must be in the form <scheme>://<host>[:<port>], with '*' wildcards allowed for each.",
    "If you intended to allow all outbound networking, you can use '*://*:*' - this will obviate all network sandboxing.",
    learnMore,
  ].join("\n");
}

function faultOfScheme(scheme: string): string | undefined {
  if (scheme === "*") return undefined;
  if (scheme.startsWith("{")) return "scheme lists are not supported";
  return /^\p{Alphabetic}*$/u.test(scheme) ? undefined : "only alphabetic characters are allowed";
}

function parsePort(text: string, scheme: string): AllowedHost["port"] | { fault: string } {
  if (text === "") {
    const port = defaultPorts.get(scheme);
    if (port !== undefined) return { from: port, to: port + 1 };
    const why = `no port was provided and the scheme ${quoted(scheme)} does not have a known default port number`;
    return { fault: why };
  }
  if (text === "*") return "any";
  if (text.startsWith("{")) return { fault: "port lists are not yet supported" };
  const dots = text.indexOf("..");
  if (dots !== -1) {
    const from = portNumber(text.slice(0, dots));
    const to = portNumber(text.slice(dots + 2));
    if (from === undefined || to === undefined) return { fault: `port range ${quoted(text)} contains non-number` };
    return { from, to };
  }
  const port = portNumber(text);
  return port === undefined ? { fault: `port ${quoted(text)} is not a number` } : { from: port, to: port + 1 };
}

function portNumber(text: string): number | undefined {
  return /^\+?\d+$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

/** A fault of the entry at `index` of the list. */
export interface AllowedHostFault {
  index: number;
  message: string;
}

/**
 * Parses a component's list. `variable` gives the values of application variables for templates in entries. Entries
 * that resolve to nothing (`""`, `http://`, `https://`) are left out, as Spin does. One that cannot be parsed or
 * resolved is a fault; natively it makes every outbound request of the component fail, here it only allows nothing.
 */
export function parseAllowedHosts(
  list: readonly string[],
  variable: (name: string) => string | undefined = () => undefined,
): AllowedHosts {
  const entries: AllowedHost[] = [];
  const faults: AllowedHostFault[] = [];
  for (const [index, entry] of list.entries()) {
    const filled = fillTemplate(entry, variable);
    if ("missing" in filled) {
      faults.push({ index, message: `no provider resolved required variable ${quoted(filled.missing)}` });
    } else if ("fault" in filled) {
      faults.push({ index, message: filled.fault });
    } else if (filled.value === entry || !["", "http://", "https://"].includes(filled.value)) {
      const host = parseAllowedHost(filled.value);
      if ("fault" in host) faults.push({ index, message: host.fault });
      else entries.push(host);
    }
  }
  return { entries, faults };
}

/** What Spin refuses in a list when it loads the manifest. `defaults` are the application variables' default values. */
export function checkAllowedHosts(
  list: readonly string[],
  defaults: (name: string) => string | undefined,
): AllowedHostFault[] {
  if (list.length === 1 && list[0] === "insecure:allow-all") {
    const message =
      "'insecure:allow-all' is not allowed - use '*://*:*' instead if you really want to allow all outbound traffic'";
    return [{ index: 0, message }];
  }
  return list.flatMap((entry, index) => {
    const message = faultOfEntry(entry, defaults);
    return message === undefined ? [] : [{ index, message }];
  });
}

function faultOfEntry(entry: string, defaults: (name: string) => string | undefined): string | undefined {
  const template = parseTemplate(entry);
  if ("fault" in template) return template.fault;
  if (template.parts.every((part) => "literal" in part)) {
    const host = parseAllowedHost(entry);
    return "fault" in host ? host.fault : undefined;
  }
  const filled = fillTemplate(entry, defaults);
  // Without a default there is nothing to check yet; an empty result is left out at run time.
  if (!("value" in filled) || ["", "http://", "https://"].includes(filled.value)) return undefined;
  const host = parseAllowedHost(filled.value);
  if (!("fault" in host)) return undefined;
  const how = `using default variable value(s) with template ${quoted(entry)} results in invalid config`;
  return `${how} ${quoted(filled.value)}: ${host.fault}`;
}

/**
 * The destination of an absolute URL. One without a host (`example.com/x`) is read again as `<scheme>://<url>`.
 * `undefined` when it cannot be read: Spin denies such a request.
 */
export function parseDestination(url: string, scheme = "https"): Destination | undefined {
  const encoded = encodeUserInfo(url);
  const first = parseUrl(encoded);
  const parsed = first !== undefined && first.hostname !== "" ? first : parseUrl(`${scheme}://${encoded}`);
  if (parsed === undefined || parsed.hostname === "") return undefined;
  const destination = { scheme: parsed.protocol.slice(0, -1), host: parsed.hostname };
  return parsed.port === "" ? destination : { ...destination, port: Number(parsed.port) };
}

/** Passwords in database addresses are often not percent-encoded; they say nothing about the destination. */
function encodeUserInfo(url: string): string {
  const at = url.indexOf("@");
  if (at === -1) return url;
  const separator = url.indexOf("://");
  const start = separator === -1 || separator > at ? 0 : separator + 3;
  const slash = url.indexOf("/", start);
  if (slash !== -1 && slash < at) return url;
  return url.slice(0, start) + encodeURIComponent(url.slice(start, at).toWellFormed()) + url.slice(at);
}

/** Whether a request to another host is allowed. A string that is no URL is denied. */
export function allows(destination: string | URL | Destination, hosts: AllowedHosts): boolean {
  const target =
    typeof destination === "string" || destination instanceof URL ? parseDestination(String(destination)) : destination;
  if (target === undefined) return false;
  const name = normalizeHost(target.host);
  if (typeof name !== "string") return false;
  const port = target.port ?? defaultPorts.get(target.scheme);
  return hosts.entries.some(
    (allowed) =>
      (allowed.scheme === "*" || allowed.scheme === target.scheme) &&
      hostMatches(allowed.host, name) &&
      (allowed.port === "any" || (port !== undefined && port >= allowed.port.from && port < allowed.port.to)),
  );
}

/** Whether requests to the application itself (relative, or to `self.alt`) are allowed by one of the schemes. */
export function allowsSelf(hosts: AllowedHosts, schemes: readonly string[] = ["http", "https"]): boolean {
  return hosts.entries.some(
    ({ scheme, host }) => (scheme === "*" || schemes.includes(scheme)) && (host.kind === "any" || host.kind === "self"),
  );
}

/**
 * Whether any request to the application itself can be allowed: by its routes, by its own origin (`ownHost`, a host with
 * a port), or to one of its components.
 */
export function mayReachItself(hosts: AllowedHosts, ownHost: string): boolean {
  const own = parseDestination(`http://${ownHost}`)?.host;
  return (
    allowsSelf(hosts) ||
    hosts.entries.some(
      ({ host }) =>
        (own !== undefined && hostMatches(host, own)) ||
        (host.kind === "literal" && host.host.endsWith(chainingSuffix)) ||
        (host.kind === "subdomain" && chainingSuffix.endsWith(host.suffix)),
    )
  );
}

const chainingSuffix = ".spin.internal";

/** The component id that `<id>.spin.internal` names, or `undefined` for any other host. */
export function serviceChainingTarget(host: string): string | undefined {
  const name = host.replace(/:\d*$/, "").toLowerCase();
  if (!name.endsWith(chainingSuffix)) return undefined;
  const id = name.slice(0, -chainingSuffix.length);
  return id === "" || id.includes(".") ? undefined : id;
}

/** Whether an entry is there for service chaining, which a host of Spin must then support. */
export function isForServiceChaining(entry: string): boolean {
  const parsed = parseAllowedHost(entry);
  if ("fault" in parsed) return false;
  if (parsed.host.kind === "literal") return parsed.host.host.endsWith(chainingSuffix);
  return parsed.host.kind === "subdomain" && parsed.host.suffix === chainingSuffix;
}

/** `scheme://host[:port]`, as Spin names a destination in messages. */
export function destinationText({ scheme, host, port }: Destination): string {
  return `${scheme}://${host}${port === undefined ? "" : `:${port}`}`;
}

/**
 * What Spin tells the person when a request is denied. `destination` is the text of `destinationText`; for a request
 * to the application itself it is not looked at.
 */
export function denialHint(destination: string, toSelf = false): string {
  const what = toSelf
    ? "Warning: A component tried to make an HTTP request to its own app but it does not have permission."
    : `Warning: A component tried to make an outbound network connection to disallowed destination '${destination}'.`;
  const entry = toSelf ? "http://self" : destination;
  return `${what}\nTo allow this request, add 'allowed_outbound_hosts = ["${entry}"]' to the manifest component section.`;
}
