import { enginePath, type PrebuiltGlue } from "../../runtime/protocol.ts";
import { PlaygroundError } from "../../runtime/errors.ts";
import { checkStores } from "../../runtime/manifest/check-stores.ts";
import { parseManifest } from "../../runtime/manifest/parse-manifest.ts";
import { javascriptToolchain, mapStack, packPath, prebuiltGlue } from "../../toolchains/javascript/index.ts";
import { browserFault } from "./browser-support.ts";
import type { KernelDependencies, ReadManifest, TemplateSource } from "./dependencies.ts";
import { createEngineClient } from "./engine-client.ts";
import { connectEngineFrame } from "./engine-frame.ts";
import { once } from "./once.ts";
import { createWorkspaceStorage } from "./workspace-storage.ts";

/** Everything around the kernel, as a browser has it. Chunks are loaded by the functions that need them. */
export function browserDependencies(): KernelDependencies {
  // Small, and needed for the first response: its worker and its pack are what is fetched later.
  const javascript = javascriptToolchain();
  const glue = once(() => prebuiltGlue(`${enginePath}${packPath}`));
  const fault = browserFault(window);

  return {
    storage: createWorkspaceStorage(),
    engine: createEngineClient((origin) => {
      if (fault !== undefined) return Promise.reject(new PlaygroundError("browser-unsupported", fault));
      return connectEngineFrame(origin, window);
    }),
    readManifest,
    readMocks: async (text, file) => (await import("../../runtime/mocks/parse-mocks.ts")).parseMocks(text, file),
    toolchains: { load: () => Promise.resolve({ toolchains: [javascript], mapStack }) },
    templates: templateSource((id) => {
      // The deployment that follows needs it; should it fail, that asks again.
      glue().catch(() => undefined);
      return javascript.loadPrebuilt(id);
    }),
    prebuiltGlue: () =>
      glue().catch((error: unknown): Record<string, PrebuiltGlue> => {
        // The engine then makes the glue itself: slower at the first start, and as good.
        console.warn("The prebuilt glue could not be fetched:", error);
        return {};
      }),
    location: globalThis.location,
    saveFile,
    whenIdle: (callback) => {
      if ("requestIdleCallback" in globalThis) requestIdleCallback(() => callback());
      else setTimeout(callback, 200);
    },
  };
}

const readManifest: ReadManifest = async (text, file) => {
  const result = parseManifest(text, file);
  if ("diagnostics" in result) return result;
  const { lockedApp, warnings, positions } = result;
  const unbacked = checkStores(lockedApp, undefined, positions);
  if (unbacked.length > 0) return { diagnostics: [...unbacked, ...warnings] };
  const places = {
    component: (id: string) => positions.component(id),
    source: (id: string) => positions.component(id, "source"),
    buildCommand: (id: string) => positions.component(id, "build", "command"),
  };
  return { lockedApp, warnings, places };
};

function templateSource(prebuilt: TemplateSource["prebuilt"]): TemplateSource {
  const all = async () => (await import("../../templates/index.ts")).templates;
  return {
    list: async () => (await all()).map(({ id, description }) => ({ id, description })),
    async files(id) {
      const template = (await all()).find((candidate) => candidate.id === id);
      if (template === undefined) throw new PlaygroundError("file-not-found", `There is no template "${id}".`);
      return template.files();
    },
    prebuilt,
  };
}

function saveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/wasm" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
