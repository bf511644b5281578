import { expose, transfer } from "comlink";
import type { PrebuiltGlue } from "../protocol.ts";
import { carryPlaygroundErrors } from "../rpc.ts";
import { prepareComponent } from "./prepare.ts";
import type { PreparedComponent } from "./prepared.ts";

/** What the supervisor calls; see `prepareComponent`. Failures cross as plain errors with their code. */
const api = {
  async prepare(
    bytes: ArrayBuffer,
    digest: string,
    prebuiltGlue: Record<string, PrebuiltGlue>,
  ): Promise<PreparedComponent> {
    const component = await prepareComponent(new Uint8Array(bytes), digest, prebuiltGlue);
    return component.image ? transfer(component, [component.image.bytes.buffer]) : component;
  },
};

export type PrepareWorker = typeof api;

carryPlaygroundErrors();
expose(api);
