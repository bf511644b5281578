import type { InstanceContext } from "./context.ts";
import { fermyonSpinKeyValue } from "./fermyon-spin-key-value.ts";
import { fermyonSpinSqlite } from "./fermyon-spin-sqlite.ts";
import { fermyonSpinUnavailable, unavailableSpinInterfaces } from "./fermyon-spin-unavailable.ts";
import { fermyonSpinVariables } from "./fermyon-spin-variables.ts";
import type { CreateInterface, HostInterfaces } from "./host-interface.ts";
import { unavailableInterface } from "./unavailable.ts";
import { spin3 } from "./spin-3/index.ts";
import { wasi03 } from "./wasi-0.3/index.ts";
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
  "fermyon:spin/sqlite@2": fermyonSpinSqlite,
  "spin:sqlite/sqlite@3": fermyonSpinSqlite,
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

/** Every interface that the host has, by compatibility track. WASI 0.3 goes beside 0.2 here, under names of its own. */
export const registry: HostInterfaces = {
  ...wasiIo,
  ...wasiHttp,
  ...wasiClocks,
  ...wasiRandom,
  ...wasiCli,
  ...wasiFilesystem,
  ...wasiSockets,
  ...wasi03,
  ...spin3,
  ...wasi20231110,
  ...wasi20231018,
  ...fermyonSpin,
  ...keyvalue,
};

/**
 * The object of imports for one instance. `imports` are the component's own names (`wasi:io/poll@0.2.10`); the keys are
 * their compatibility tracks (`wasi:io/poll@0.2`), as glue made with `importMap` asks for them. An interface that the host
 * does not have is there all the same and fails when called (`host-interface-unavailable`).
 */
export function createImports(imports: readonly string[], context: InstanceContext): Record<string, object> {
  const created: Record<string, object> = {};
  for (const name of imports) {
    const track = compatibilityTrack(name);
    created[track] ??= registry[track]?.(context) ?? unavailableInterface(name);
  }
  return created;
}
