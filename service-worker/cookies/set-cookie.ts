import { parseSetCookie } from "set-cookie-parser";

/** When a cookie is sent along with requests that pages of other sites cause (draft-ietf-httpbis-rfc6265bis, 5.6.7). */
export type SameSite = "strict" | "lax" | "none";

/** A cookie of this host. Name and value are byte strings, as in `Headers`. */
export interface Cookie {
  name: string;
  value: string;
  path: string;
  /** Milliseconds since the epoch; missing for a cookie of the browser's session. */
  expires?: number;
  httpOnly: boolean;
  secure: boolean;
  sameSite: SameSite;
}

export type SetCookie = { cookie: Cookie } | { refusal: string };

/** Limits of rfc6265bis, 5.6 and 5.5: bytes of name and value together, bytes of one attribute, days a cookie may live. */
const nameAndValueBytes = 4096;
const attributeBytes = 1024;
const longestLifeMs = 400 * 24 * 3_600_000;

/**
 * Reads one `Set-Cookie` field of an answer to a request for `url`, as a browser does (rfc6265bis, 5.6 and 5.7). A cookie
 * that a browser would not take is refused with the reason; so is one for a parent domain, which would be seen by the
 * studio and by other applications.
 */
export function readSetCookie(field: string, url: URL, now: number): SetCookie {
  const [parsed] = parseSetCookie([field], { decodeValues: false, silent: true });
  if (!parsed) return { refusal: `The cookie "${field}" was refused: it has neither a name nor a value.` };
  const { name, value, secure = false, httpOnly = false } = parsed;
  const refuse = (why: string): SetCookie => ({ refusal: `The cookie "${name}" was refused: ${why}` });
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(field)) return refuse("it has control characters.");
  if (name.length + value.length > nameAndValueBytes)
    return refuse(`name and value are longer than ${nameAndValueBytes} bytes.`);

  const domain = attribute(parsed.domain)?.toLowerCase().replace(/^\./, "");
  if (domain !== undefined && domain !== url.hostname)
    return refuse(
      `its domain "${domain}" is not this host, ${url.hostname}. An application sets cookies for itself only.`,
    );
  const path = attribute(parsed.path);
  const isRooted = path?.startsWith("/") ?? false;
  const sameSite = sameSiteOf(parsed.sameSite);
  if (sameSite === "none" && !secure) return refuse("SameSite=None needs Secure.");
  // Of a cookie without a name, the value is what a server would see as one.
  const prefixed = (name === "" ? value : name).toLowerCase();
  const isSecure = prefixed.startsWith("__secure-");
  const isHost = prefixed.startsWith("__host-");
  if ((isSecure || isHost) && name === "") return refuse("a cookie without a name cannot have a prefix.");
  if ((isSecure || isHost) && !secure) return refuse("the prefix of its name needs Secure.");
  if (isHost && (path !== "/" || domain !== undefined))
    return refuse("the prefix __Host- needs Path=/, and no Domain.");

  const expires = expiry(parsed.maxAge, parsed.expires, now);
  const cookie: Cookie = {
    name,
    value,
    path: path !== undefined && isRooted ? path : defaultPath(url.pathname),
    httpOnly,
    secure,
    sameSite,
    ...(expires === undefined ? {} : { expires }),
  };
  return { cookie };
}

/** The directory of a path: what a cookie without a path is for (rfc6265bis, 5.1.4). */
export function defaultPath(pathname: string): string {
  return pathname.slice(0, Math.max(1, pathname.lastIndexOf("/")));
}

/** An attribute that counts: an empty or an overlong one does not. */
function attribute(value: string | undefined): string | undefined {
  return value === undefined || value === "" || value.length > attributeBytes ? undefined : value;
}

/** Without the attribute, or with another value, browsers take it as `Lax`. */
function sameSiteOf(value: string | undefined): SameSite {
  const name = value?.toLowerCase();
  return name === "strict" || name === "none" ? name : "lax";
}

function expiry(maxAge: number | undefined, expires: Date | undefined, now: number): number | undefined {
  if (maxAge !== undefined) return maxAge <= 0 ? 0 : Math.min(now + maxAge * 1000, now + longestLifeMs);
  return expires === undefined ? undefined : Math.min(expires.getTime(), now + longestLifeMs);
}
