import { askVault } from "../host/vault.ts";
import type { ReadVault } from "../manifest/variables-provider.ts";
import type { LogLine } from "../protocol.ts";
import type { TraceRecorder } from "./trace-recorder.ts";

export interface VaultReaderParts {
  recorder: Pick<TraceRecorder, "begin">;
  log: (stream: LogLine["stream"], text: string) => void;
  /** Aborts when the request is over. */
  signal: AbortSignal;
}

/** Asks Vaults for one request of the application: each question is a span of its trace, each failure a line of its log. */
export function vaultReader({ recorder, log, signal }: VaultReaderParts): ReadVault {
  return async (provider, name) => {
    const end = recorder.begin("outbound", "GET");
    const { answer, url, outcome, explanation } = await askVault(provider, name, {
      fetch: globalThis.fetch.bind(globalThis),
      signal,
      origin: location.origin,
      online: navigator.onLine,
    });
    end(`${url} (Vault) ${outcome}`);
    if (explanation !== undefined) log("engine", explanation);
    return answer;
  };
}
