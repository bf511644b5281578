import { expose, transfer } from "comlink";
import { PlaygroundError } from "../errors.ts";
import type { PrebuiltGlue } from "../protocol.ts";
import { carryPlaygroundErrors } from "../rpc.ts";
import { loadBytes } from "./component-cache.ts";
import { prepareComponent } from "./prepare.ts";
import type { PreparedComponent } from "./prepared.ts";

/** What the supervisor calls; see `prepareComponent`. Bytes that are not given come from the cache. Failures cross as plain errors with their code. */
const api = {
  async prepare(
    given: ArrayBuffer | undefined,
    digest: string,
    prebuiltGlue: Record<string, PrebuiltGlue>,
  ): Promise<PreparedComponent> {
    const bytes = given ?? (await loadBytes(digest));
    if (!bytes) throw new PlaygroundError("component-missing", `The Wasm with the digest ${digest} is not here.`);
    const component = await prepareComponent(new Uint8Array(bytes), digest, prebuiltGlue);
    return component.image ? transfer(component, [component.image.bytes.buffer]) : component;
  },
};

export type PrepareWorker = typeof api;

carryPlaygroundErrors();
expose(api);
