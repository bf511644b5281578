import { expose, transfer } from "comlink";
import { PlaygroundError } from "../errors.ts";
import type { Deployment, PrebuiltGlue } from "../protocol.ts";
import { carryPlaygroundErrors } from "../rpc.ts";
import { loadBytes } from "./component-cache.ts";
import { prepareComponent, prepareFromFile } from "./prepare.ts";
import type { PreparedComponent } from "./prepared.ts";

/** What the supervisor calls; see `prepareComponent`. Bytes that are not given come from the cache. */
const api = {
  async prepare(
    { digest, bytes, prepared }: Deployment["components"][string],
    prebuiltGlue: Record<string, PrebuiltGlue>,
  ): Promise<PreparedComponent> {
    const component =
      prepared === undefined
        ? await prepareComponent(new Uint8Array(bytes ?? (await stored(digest))), digest, prebuiltGlue)
        : await prepareFromFile(prepared, digest, prebuiltGlue);
    return component.image ? transfer(component, [component.image.bytes.buffer]) : component;
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
