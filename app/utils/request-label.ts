import { serviceChainingTarget } from "../../runtime/manifest/allowed-hosts.ts";
import type { Trace } from "../../runtime/protocol.ts";
import { pathOfUrl } from "./request-path.ts";

/**
 * A request in a few words: `GET /path`, with the host where it went to another component; the beginning of its id while, or
 * when, its trace is not known.
 */
export function requestLabel(requestId: string, trace: Trace | undefined): string {
  if (trace === undefined) return requestId.slice(0, 8);
  const { method, url } = trace;
  const { hostname } = new URL(url, "http://localhost");
  return `${method} ${serviceChainingTarget(hostname) === undefined ? "" : hostname}${pathOfUrl(url)}`;
}
