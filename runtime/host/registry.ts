import type { InstanceContext } from "./context.ts";
import { fermyonSpinKeyValue } from "./fermyon-spin-key-value.ts";
import { fermyonSpinVariables } from "./fermyon-spin-variables.ts";
import type { CreateInterface, HostInterfaces } from "./host-interface.ts";
import { unavailableInterface } from "./unavailable.ts";
import { wasiCli } from "./wasi-cli.ts";
import { wasiClocks } from "./wasi-clocks.ts";
import { wasiHttp } from "./wasi-http.ts";
import { wasiIo } from "./wasi-io.ts";
import { wasiRandom } from "./wasi-random.ts";
import { compatibilityTrack } from "./wit-facts.ts";

const fermyonSpin: HostInterfaces = {
  "fermyon:spin/key-value@2": fermyonSpinKeyValue,
  "fermyon:spin/variables@2": fermyonSpinVariables,
};

/** The interfaces that nearly every component has, by compatibility track. */
const first: HostInterfaces = {
  ...wasiIo,
  ...wasiHttp,
  ...wasiClocks,
  ...wasiRandom,
  ...wasiCli,
  ...fermyonSpin,
};

/** Those of which most applications have none. Each group is loaded with the first component that imports one of it. */
const groups: readonly { has: RegExp; load: () => Promise<HostInterfaces> }[] = [
  { has: /^fermyon:spin\/[a-z-]+@2$/, load: async () => (await import("./fermyon-spin-data.ts")).fermyonSpinData },
  { has: /^wasi:filesystem\/[a-z-]+@0\.2$/, load: async () => (await import("./wasi-filesystem.ts")).wasiFilesystem },
  { has: /^wasi:sockets\/[a-z-]+@0\.2$/, load: async () => (await import("./wasi-sockets.ts")).wasiSockets },
  { has: /@0\.2\.0-rc-2023-11-10$/, load: async () => (await import("./wasi-2023-11-10.ts")).wasi20231110 },
  { has: /@0\.2\.0-rc-2023-10-18$/, load: async () => (await import("./wasi-2023-10-18.ts")).wasi20231018 },
  { has: /^wasi:(?:keyvalue|config)\//, load: async () => (await import("./wasi-drafts.ts")).wasiDrafts },
  { has: /^wasi:[a-z]+\/[a-z-]+@0\.3/, load: async () => (await import("./wasi-0.3/index.ts")).wasi03 },
  { has: /^spin:postgres\//, load: async () => (await import("./spin-postgres.ts")).spinPostgres },
  { has: /^spin:(?!postgres\/)/, load: async () => (await import("./spin-3/index.ts")).spin3 },
  { has: /^fermyon:spin\/[^@]*$/, load: async () => (await import("./spin-1/index.ts")).spin1 },
  { has: /^wasi_snapshot_preview1$/, load: async () => (await import("./preview1.ts")).wasiPreview1 },
];

/** Every interface that was loaded so far, by compatibility track. */
export const registry: Record<string, CreateInterface> = { ...first };

/** To be awaited before instances of a component with these imports are made. */
export async function loadHostInterfaces(imports: readonly string[]): Promise<void> {
  const missing = imports.map(compatibilityTrack).filter((track) => !Object.hasOwn(registry, track));
  const wanted = groups.filter(({ has }) => missing.some((track) => has.test(track)));
  await Promise.all(wanted.map(async ({ load }) => Object.assign(registry, await load())));
}

/**
 * The object of imports for one instance. `imports` are the component's own names (`wasi:io/poll@0.2.10`); the keys are
 * their compatibility tracks (`wasi:io/poll@0.2`), as glue made with `importMap` asks for them. An interface that the host
 * does not have is there all the same and fails when called (`host-interface-unavailable`).
 */
export function createImports(imports: readonly string[], context: InstanceContext): Record<string, object> {
  const created = new Map<string, object>();
  for (const name of imports) {
    const track = compatibilityTrack(name);
    if (!created.has(track)) created.set(track, offered(track)?.(context) ?? unavailableInterface(name));
  }
  return Object.fromEntries(created);
}

/** A component may call what it imports `constructor`; that is no interface of the host. */
function offered(track: string): CreateInterface | undefined {
  return Object.hasOwn(registry, track) ? registry[track] : undefined;
}
