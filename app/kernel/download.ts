import type { EngineClient } from "./engine-client.ts";
import type { ComponentProgress } from "./fetched-components.ts";

/** Fetches what a person opens by its URL, by way of the engine, as the studio's page may not. */
export function createDownload(
  engine: Pick<EngineClient, "download">,
  onProgress: (progress: ComponentProgress | undefined) => void,
): (url: string) => Promise<Uint8Array<ArrayBuffer>> {
  return async (url) => {
    const { signal } = new AbortController();
    try {
      const { intakeLimits } = await import("../intake/incoming-file.ts");
      return await engine.download(url, intakeLimits.fileBytes, {
        signal,
        onProgress: (progress) => onProgress({ component: url.split("/").at(-1) ?? url, ...progress }),
      });
    } finally {
      onProgress(undefined);
    }
  };
}
