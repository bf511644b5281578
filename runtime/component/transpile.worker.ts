import { expose } from "comlink";
import { carryPlaygroundErrors } from "../rpc.ts";
import { transpileComponent } from "./transpile.ts";

/** Glue as it is stored: the core modules are in the component already. */
export interface GlueText {
  source: string;
  moduleNames: string[];
}

/** What `transpileApart` calls. */
const api = {
  /** Fails as `transpileComponent` does. After that the worker must not be asked again. */
  async transpile(component: Uint8Array): Promise<GlueText> {
    const { source, modules } = await transpileComponent(component, "component");
    return { source, moduleNames: Object.keys(modules) };
  },
};

export type TranspileWorker = typeof api;

carryPlaygroundErrors();
expose(api);
