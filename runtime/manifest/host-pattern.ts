/** The host part of an `allowed_outbound_hosts` entry. */

export type HostPattern =
  | { kind: "any" }
  /** The application itself. */
  | { kind: "self" }
  /** One or more labels below a domain; `suffix` begins with a dot. */
  | { kind: "subdomain"; suffix: string }
  | { kind: "literal"; host: string }
  | { kind: "network"; family: 4 | 6; address: bigint; prefix: number };

/** Parses a host; faults are worded as in Spin. */
export function parseHost(text: string): HostPattern | { fault: string } {
  const host = text.trim();
  if (host === "*") return { kind: "any" };
  if (host === "self" || host === "self.alt") return { kind: "self" };
  if (host.startsWith("{")) return { fault: "host lists are not yet supported" };
  const network = parseNetwork(host);
  if (network !== undefined) return network;
  const name = host.replace(/\/+$/, "");
  if (name.includes("/")) return { fault: "must not include a path" };
  if (name.startsWith("*.")) {
    return parseSubdomains(name.slice(2));
  }
  if (name.includes("*")) return { fault: "wildcards are allowed only as subdomains" };
  const literal = normalizeHost(name);
  return typeof literal === "string" ? { kind: "literal", host: literal } : literal;
}

function parseSubdomains(domain: string): HostPattern | { fault: string } {
  if (domain.includes("*")) return { fault: "wildcards are allowed only as prefixes" };
  const suffix = normalizeHost(domain);
  if (typeof suffix !== "string") return suffix;
  if (parseAddress(suffix) !== undefined) return { fault: "the suffix of a wildcard must be a domain" };
  return { kind: "subdomain", suffix: `.${suffix}` };
}

/** `URL.parse`, which Node 20 lacks. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** A host as the URL standard writes it (lower case, punycode, canonical addresses), or what is wrong with it. */
export function normalizeHost(host: string): string | { fault: string } {
  if (host === "") return { fault: "empty host" };
  const bracketed = host.startsWith("[");
  if (!bracketed && /[\0\t\n\r #/:<>?@[\\\]^|]/.test(host)) return { fault: "invalid domain character" };
  const parsed = parseUrl(`http://${host}`);
  if (parsed !== undefined && parsed.port === "" && parsed.pathname === "/") return parsed.hostname;
  if (bracketed) return { fault: "invalid IPv6 address" };
  return { fault: /[0-9.]$/.test(host) ? "invalid IPv4 address" : "invalid international domain name" };
}

/** Whether a pattern takes a host that `normalizeHost` gave. Requests to the application itself are not asked here. */
export function hostMatches(pattern: HostPattern, host: string): boolean {
  if (pattern.kind === "any") return true;
  if (pattern.kind === "literal") return pattern.host === host;
  if (pattern.kind === "subdomain") return parseAddress(host) === undefined && host.endsWith(pattern.suffix);
  return pattern.kind === "network" && networkContains(pattern, host);
}

function networkContains(network: Extract<HostPattern, { kind: "network" }>, host: string): boolean {
  const address = parseAddress(host);
  if (address === undefined || address.family !== network.family) return false;
  const shift = BigInt((network.family === 4 ? 32 : 128) - network.prefix);
  return address.value >> shift === network.address >> shift;
}

/** `address/prefix`; bits beyond the prefix are not looked at. */
function parseNetwork(text: string): HostPattern | undefined {
  const [, base, prefixText] = /^([0-9A-Fa-f:.]+)\/([0-9]{1,3})$/.exec(text) ?? [];
  if (base === undefined || prefixText === undefined) return undefined;
  const address = parseAddress(base.includes(":") ? `[${base}]` : base);
  const prefix = Number(prefixText);
  if (address === undefined || prefix > (address.family === 4 ? 32 : 128)) return undefined;
  return { kind: "network", family: address.family, address: address.value, prefix };
}

function parseAddress(host: string): { family: 4 | 6; value: bigint } | undefined {
  if (host.startsWith("[")) {
    const canonical = normalizeHost(host);
    return typeof canonical === "string" ? { family: 6, value: ipv6(canonical.slice(1, -1)) } : undefined;
  }
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return undefined;
  const parts = host.split(".").map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return { family: 4, value: parts.reduce((value, part) => value * 256n + BigInt(part), 0n) };
}

/** The value of an address in the URL standard's form: hexadecimal groups with at most one `::`. */
function ipv6(text: string): bigint {
  const [head = "", tail] = text.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}
