import { normalizeHost } from "./host-pattern.ts";

/**
 * An IP address with a port in the one way in which it is written here: `127.0.0.1:5000`, `[2001:db8::1]:5000`. `undefined`
 * for anything else, such as a name.
 */
export function parseEndpoint(text: string): string | undefined {
  const [, host = "", portText = ""] = /^(\[[0-9a-f:.]+\]|\d+(?:\.\d+){3}):(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(portText);
  const address = host === "" ? undefined : normalizeHost(host);
  return typeof address === "string" && port > 0 && port <= 65_535 ? `${address}:${String(port)}` : undefined;
}
