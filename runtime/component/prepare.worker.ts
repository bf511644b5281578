import { expose, transfer } from "comlink";
import { PlaygroundError } from "../errors.ts";
import type { PrebuiltGlue } from "../protocol.ts";
import { carryPlaygroundErrors } from "../rpc.ts";
import { loadBytes } from "./component-cache.ts";
import { keptPrebuiltGlue } from "./prebuilt.ts";
import { prepareComponent } from "./prepare.ts";
import type { PreparedComponent } from "./prepared.ts";

/** What the supervisor calls. */
const api = {
  /** See `prepareComponent`. Bytes that are not given come from the cache. */
  async prepare(
    { digest, bytes }: { digest: string; bytes?: ArrayBuffer },
    prebuiltGlue: Record<string, PrebuiltGlue>,
  ): Promise<PreparedComponent> {
    const component = await prepareComponent(new Uint8Array(bytes ?? (await stored(digest))), digest, prebuiltGlue);
    return component.image ? transfer(component, [component.image.bytes.buffer]) : component;
  },
  /** Compiles what the next build will need. */
  async expect(prebuiltGlue: Record<string, PrebuiltGlue>): Promise<void> {
    await Promise.all(Object.entries(prebuiltGlue).map(([shell, glue]) => keptPrebuiltGlue(shell, glue)));
  },
};

async function stored(digest: string): Promise<ArrayBuffer> {
  const bytes = await loadBytes(digest);
  if (!bytes) throw new PlaygroundError("component-missing", `The Wasm with the digest ${digest} is not here.`);
  return bytes;
}

export type PrepareWorker = typeof api;

carryPlaygroundErrors();
expose(api);
