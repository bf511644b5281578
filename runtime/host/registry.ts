import type { InstanceContext } from "./context.ts";
import { fermyonSpinKeyValue } from "./fermyon-spin-key-value.ts";
import { fermyonSpinMqtt } from "./fermyon-spin-mqtt.ts";
import { fermyonSpinRedis } from "./fermyon-spin-redis.ts";
import { fermyonSpinPostgres } from "./fermyon-spin-postgres.ts";
import { fermyonSpinSqlite } from "./fermyon-spin-sqlite.ts";
import { fermyonSpinUnavailable, unavailableSpinInterfaces } from "./fermyon-spin-unavailable.ts";
import { fermyonSpinVariables } from "./fermyon-spin-variables.ts";
import type { CreateInterface, HostInterfaces } from "./host-interface.ts";
import { unavailableInterface } from "./unavailable.ts";
import { wasi20231018 } from "./wasi-2023-10-18.ts";
import { wasi20231110 } from "./wasi-2023-11-10.ts";
import { wasiCli } from "./wasi-cli.ts";
import { wasiClocks } from "./wasi-clocks.ts";
import { wasiConfigStore } from "./wasi-config-store.ts";
import { wasiFilesystem } from "./wasi-filesystem.ts";
import { wasiHttp } from "./wasi-http.ts";
import { wasiIo } from "./wasi-io.ts";
import { wasiKeyvalue } from "./wasi-keyvalue.ts";
import { wasiRandom } from "./wasi-random.ts";
import { wasiSockets } from "./wasi-sockets.ts";
import { compatibilityTrack } from "./wit-facts.ts";

const fermyonSpin: HostInterfaces = {
  "fermyon:spin/key-value@2": fermyonSpinKeyValue,
  "fermyon:spin/variables@2": fermyonSpinVariables,
  "fermyon:spin/redis@2": fermyonSpinRedis,
  "fermyon:spin/mqtt@2": fermyonSpinMqtt,
  "fermyon:spin/sqlite@2": fermyonSpinSqlite,
  "fermyon:spin/postgres@2": fermyonSpinPostgres,
  // Types only; the glue takes nothing out of it.
  "fermyon:spin/rdbms-types@2": () => ({}),
  ...Object.fromEntries(
    unavailableSpinInterfaces.map((name): [string, CreateInterface] => [
      `fermyon:spin/${name}@2`,
      (context) => fermyonSpinUnavailable(context)[name],
    ]),
  ),
};

const keyvalue: HostInterfaces = {
  "wasi:keyvalue/store@0.2.0-draft2": (context) => wasiKeyvalue(context).store,
  "wasi:keyvalue/atomics@0.2.0-draft2": (context) => wasiKeyvalue(context).atomics,
  "wasi:keyvalue/batch@0.2.0-draft2": (context) => wasiKeyvalue(context).batch,
  "wasi:config/store@0.2.0-draft-2024-09-27": wasiConfigStore,
};

/** The interfaces that nearly every component has, by compatibility track. */
const first: HostInterfaces = {
  ...wasiIo,
  ...wasiHttp,
  ...wasiClocks,
  ...wasiRandom,
  ...wasiCli,
  ...wasiFilesystem,
  ...wasiSockets,
  ...wasi20231110,
  ...wasi20231018,
  ...fermyonSpin,
  ...keyvalue,
};

/** Those of which most applications have none. Each group is loaded with the first component that imports one of it. */
const groups: readonly { has: RegExp; load: () => Promise<HostInterfaces> }[] = [
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
