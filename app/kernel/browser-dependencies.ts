import { enginePath, type PrebuiltGlue } from "../../runtime/protocol.ts";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { checkMounts } from "../../runtime/manifest/check-mounts.ts";
import { checkStart } from "../../runtime/manifest/check-manifest.ts";
import { parseManifest } from "../../runtime/manifest/parse-manifest.ts";
import { javascriptToolchain, mapStack, packPath, type Prebuilt } from "../../toolchains/javascript/index.ts";
import { browserFault } from "./browser-support.ts";
import { createComponentStore } from "./component-store.ts";
import type { KernelDependencies, PrebuiltTemplate, ReadManifest, TemplateSource } from "./dependencies.ts";
import { createFolderStore } from "./folder-store.ts";
import { createEngineClient } from "./engine-client.ts";
import { connectEngineFrame } from "./engine-frame.ts";
import { once } from "./once.ts";
import { createWorkspaceStorage } from "./workspace-storage.ts";

/** Everything around the kernel, as a browser has it. Chunks are loaded by the functions that need them. */
export function browserDependencies(): KernelDependencies {
  // Small, and needed for the first response: its worker and its pack are what is fetched later.
  const javascript = javascriptToolchain();
  const packBase = `${enginePath}${packPath}`;
  const glue = once(() => javascript.prebuiltGlue(packBase));
  const ready = ({ digest, prepared, load }: Prebuilt): PrebuiltTemplate => ({
    digest,
    prepared: `${packBase}${prepared}`,
    load: async () => (await load()).wasm,
  });
  const fault = browserFault(window);

  return {
    storage: createWorkspaceStorage(),
    componentStore: createComponentStore(),
    engine: createEngineClient((origin) => {
      if (fault !== undefined) return Promise.reject(new PlaygroundError("browser-unsupported", fault));
      return connectEngineFrame(origin, window);
    }),
    readManifest,
    readRuntimeConfig: async (text, file) =>
      (await import("../../runtime/runtime-config/parse-runtime-config.ts")).parseRuntimeConfig(text, file),
    readMocks: async (text, file) => (await import("../../runtime/mocks/parse-mocks.ts")).parseMocks(text, file),
    toolchains: { load: () => Promise.resolve({ toolchains: [javascript], mapStack }) },
    templates: {
      ...templateFiles,
      prebuilt: async (id) => ready(await javascript.prebuilt(id)),
      prebuiltOf: async (digest) => {
        const prebuilt = await javascript.prebuiltOf(digest);
        return prebuilt && ready(prebuilt);
      },
    },
    folders: createFolderStore(),
    loadIntake: () => import("../intake/index.ts"),
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

const readManifest: ReadManifest = async (text, file, { paths, keyValueStores, databases, profile }) => {
  const result = parseManifest(text, file, profile === "" ? {} : { profile });
  if ("diagnostics" in result) return result;
  const { lockedApp, version, warnings, positions } = result;
  const { mounts, diagnostics } = await mountsOf(lockedApp, paths, positions);
  const found = [...checkStart(lockedApp, positions, { keyValueStores, databases }), ...diagnostics, ...warnings];
  if (found.some(({ severity }) => severity === "error")) return { diagnostics: found };
  const places = {
    component: (id: string) => positions.component(id),
    source: (id: string) => positions.component(id, "source"),
    buildCommand: (id: string) => positions.component(id, "build", "command"),
    dependency: (id: string, name: string) => positions.component(id, "dependencies", name),
    variable: (name: string) => positions.variable(name),
    middleware: (triggerId: string) => positions.trigger(triggerId, "dependencies"),
  };
  return { lockedApp, version, mounts, warnings: found, places };
};

/** Patterns of files are matched by a library that most applications do not need. */
async function mountsOf(
  ...[lockedApp, paths, positions]: Parameters<typeof checkMounts>
): Promise<ReturnType<typeof checkMounts>> {
  if (lockedApp.components.every(({ files }) => files === undefined)) return { mounts: {}, diagnostics: [] };
  return (await import("../../runtime/manifest/check-mounts.ts")).checkMounts(lockedApp, paths, positions);
}

const allTemplates = async () => (await import("../../templates/index.ts")).templates;

const templateFiles: Pick<TemplateSource, "list" | "files"> = {
  list: async () => (await allTemplates()).map(({ id, description }) => ({ id, description })),
  async files(id) {
    const template = (await allTemplates()).find((candidate) => candidate.id === id);
    if (template === undefined) throw new PlaygroundError("file-not-found", `There is no template "${id}".`);
    return template.files();
  },
};

function saveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  // Of no type that the browser would show in place of saving it.
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
