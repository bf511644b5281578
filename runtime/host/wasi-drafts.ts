import type { HostInterfaces } from "./host-interface.ts";
import { wasiConfigStore } from "./wasi-config-store.ts";
import { wasiKeyvalue } from "./wasi-keyvalue.ts";

/** The drafts of WASI that Spin has. */
export const wasiDrafts: HostInterfaces = {
  "wasi:keyvalue/store@0.2.0-draft2": (context) => wasiKeyvalue(context).store,
  "wasi:keyvalue/atomics@0.2.0-draft2": (context) => wasiKeyvalue(context).atomics,
  "wasi:keyvalue/batch@0.2.0-draft2": (context) => wasiKeyvalue(context).batch,
  "wasi:config/store@0.2.0-draft-2024-09-27": wasiConfigStore,
};
