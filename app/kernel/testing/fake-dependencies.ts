import { PlaygroundError } from "../../../runtime/errors.ts";
import type { RuntimeConfig } from "../../../runtime/runtime-config/parse-runtime-config.ts";
import type { KernelDependencies, PrebuiltTemplate } from "../dependencies.ts";
import { digestOf } from "../digest.ts";
import { createWorkspaceStorage } from "../workspace-storage.ts";
import type { KeptFolder } from "../folder-store.ts";
import type { FakeEngine } from "./fake-engine.ts";
import type { FakeManifest } from "./fake-manifest.ts";
import { readFakeManifest } from "./fake-manifest.ts";
import { createFakeStorage, type FakeStorage } from "./fake-storage.ts";
import { createFakeToolchain, type FakeToolchain } from "./fake-toolchain.ts";

export interface FakeDependencies extends KernelDependencies {
  readonly engine: FakeEngine;
  readonly toolchain: FakeToolchain;
  readonly savedFiles: { name: string; bytes: Uint8Array }[];
}

/** The text of a `spin.toml` for the fake manifest reader. */
export const manifestText = (manifest: FakeManifest): string => JSON.stringify(manifest);

/** An application of one component that is built from `src/index.ts` and answers with its text. */
export function echoFiles(answer: string): Record<string, string> {
  const counter = { source: "dist/counter.wasm", command: "npm run build", stores: ["default"] };
  return { "spin.toml": manifestText({ name: "counter", components: { counter } }), "src/index.ts": answer };
}

/** Everything around the kernel, in memory, with IndexedDB (`fake-indexeddb/auto`) under this name. */
export function createFakeDependencies(
  database: string,
  engine: FakeEngine,
  current: FakeStorage = createFakeStorage(),
): FakeDependencies {
  const toolchain = createFakeToolchain();
  const folders = new Map<string, KeptFolder>();
  const savedFiles: FakeDependencies["savedFiles"] = [];
  const wasm = new TextEncoder().encode("prebuilt");
  // At its address stands the same as its bytes are.
  const prebuilt = async (): Promise<PrebuiltTemplate> => ({
    digest: await digestOf(wasm),
    prepared: "prebuilt",
    load: () => Promise.resolve(wasm.slice()),
  });
  return {
    engine,
    toolchain,
    savedFiles,
    storage: createWorkspaceStorage(database, () => current),
    componentStore: { get: () => Promise.resolve(undefined), put: () => Promise.resolve() },
    readManifest: readFakeManifest,
    readRuntimeConfig: (text) => Promise.resolve({ config: JSON.parse(text) as RuntimeConfig, warnings: [] }),
    readMocks: (text) => Promise.resolve({ rules: JSON.parse(text) as [] }),
    toolchains: { load: () => Promise.resolve({ toolchains: [toolchain], mapStack: (text) => text }) },
    templates: {
      list: () => Promise.resolve([{ id: "kv-counter", description: "Counts." }]),
      files: (id) => {
        if (id === "kv-counter" || id === "http-ts") return Promise.resolve(echoFiles(`source of ${id}`));
        return Promise.reject(new PlaygroundError("file-not-found", `There is no template ${id}.`));
      },
      prebuilt: (id) => {
        if (id === "kv-counter") return prebuilt();
        return Promise.reject(new PlaygroundError("pack-unavailable", "No such snapshot."));
      },
      prebuiltOf: async (digest) => {
        const component = await prebuilt();
        return component.digest === digest ? component : undefined;
      },
    },
    folders: {
      get: (id) => Promise.resolve(folders.get(id)),
      put: (id, folder) => Promise.resolve(void folders.set(id, folder)),
      delete: (id) => Promise.resolve(void folders.delete(id)),
    },
    loadIntake: () => import("../../intake/index.ts"),
    prebuiltGlue: () => Promise.resolve({}),
    location: { protocol: "http:", host: "play.localhost:5173" },
    saveFile: (name, bytes) => void savedFiles.push({ name, bytes }),
    whenIdle: (callback) => callback(),
  };
}
