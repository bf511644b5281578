import type { Trace } from "../../runtime/protocol.ts";
import { pathOfUrl } from "./request-path.ts";

/** A request in a few words: `GET /path`; the beginning of its id while, or when, its trace is not known. */
export function requestLabel(requestId: string, trace: Trace | undefined): string {
  return trace === undefined ? requestId.slice(0, 8) : `${trace.method} ${pathOfUrl(trace.url)}`;
}
