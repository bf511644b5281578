import { PlaygroundError } from "../errors.ts";
import { explainUnreadable } from "../host/outbound-failure.ts";
import type { DownloadMessage } from "../protocol.ts";

export interface DownloadOptions {
  url: string;
  /** Most bytes that it may have. */
  limit: number;
  /** Takes `DownloadMessage`s; a message from its other end gives the download up. */
  port: MessagePort;
  fetch?: typeof fetch;
}

/** A server that can be reached says so within this time, or counts as one that cannot. */
const explainWithinMs = 5_000;

/**
 * Fetches a file from another server, without credentials. Rejects with `component-unavailable` and, as far as a browser lets
 * it be known, the reason.
 */
export async function download({
  url: address,
  limit,
  port,
  fetch = globalThis.fetch.bind(globalThis),
}: DownloadOptions): Promise<ArrayBuffer> {
  const abort = new AbortController();
  const { signal } = abort;
  port.addEventListener("message", () => abort.abort(unavailable("nobody waits for it any more")));
  port.start();
  const tell = (message: DownloadMessage): void => port.postMessage(message);
  try {
    if (!URL.canParse(address)) throw unavailable("this is not a URL");
    const url = new URL(address);
    const scheme = url.protocol.slice(0, -1);
    if (scheme !== "http" && scheme !== "https") {
      throw unavailable(`the scheme ${scheme} is none that components are fetched by`);
    }
    return await readAll(url, { limit, signal, fetch, tell });
  } finally {
    port.close();
  }
}

async function readAll(
  url: URL,
  options: Required<Pick<DownloadOptions, "limit" | "fetch">> & {
    signal: AbortSignal;
    tell: (message: DownloadMessage) => void;
  },
): Promise<ArrayBuffer> {
  const { limit, signal, fetch, tell } = options;
  const response = await fetch(url, { credentials: "omit", signal }).catch((cause: unknown) =>
    explain(url, cause, options),
  );
  if (!response.ok) throw unavailable(`HTTP status ${response.status} ${response.statusText}`.trimEnd());
  const total = Number(response.headers.get("content-length") ?? 0);
  requireWithin(total, limit);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let loaded = 0;
  tell({ loaded, total });
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      loaded += chunk.length;
      requireWithin(loaded, limit);
      // A coded body is longer than its header says.
      tell({ loaded, total: loaded > total ? 0 : total });
    }
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof PlaygroundError) throw cause;
    throw unavailable(`the transfer broke off after ${loaded} bytes`);
  }
  return new Blob(chunks).arrayBuffer();
}

/** Rejects with why there is no response. A server that does not answer the question either is not waited for for long. */
async function explain(
  url: URL,
  cause: unknown,
  { signal, fetch }: { signal: AbortSignal; fetch: typeof globalThis.fetch },
): Promise<never> {
  signal.throwIfAborted();
  const here = {
    secureOrigin: globalThis.location?.protocol === "https:",
    online: globalThis.navigator?.onLine ?? true,
  };
  const limited = AbortSignal.any([signal, AbortSignal.timeout(explainWithinMs)]);
  throw unavailable(await explainUnreadable({ method: "GET", url, cause, fetch, signal: limited, ...here }));
}

function requireWithin(length: number, limit: number): void {
  if (length > limit) throw unavailable(`it is longer than ${limit} bytes, the playground's limit (componentBytes)`);
}

function unavailable(reason: string): PlaygroundError {
  return new PlaygroundError("component-unavailable", reason);
}
