import { preview1, spin1Imports } from "./core-module-facts.ts";
import { unavailableSpinInterfaces } from "./fermyon-spin-unavailable.ts";
import { compatibilityTrack, hostInterfaces } from "./wit-facts.ts";

export interface ImportInspection {
  /** Of a component an interface; of a module the name of what it imports from. */
  name: string;
  provision: Provision;
  /** Why calls of it fail, for an import that is not provided. */
  note?: string;
}

/** `refuses`: it can be called and says, as the interface has it, that it cannot. `missing`: a call ends the instance. */
export type Provision = "provided" | "refuses" | "missing";

const socketsNote = "A browser has no sockets: every way out is denied, as if the manifest allowed none.";
const missingNote = "The playground does not have it: a call of it ends the instance.";
const refusing = new Map<string, string>(
  unavailableSpinInterfaces.map((name) => [
    `fermyon:spin/${name}@2`,
    "There is no back end for it here: what the manifest permits answers with the interface's own error.",
  ]),
);

/** Whether the playground provides what a component imports, by the import's own name, e.g. `wasi:io/poll@0.2.10`. */
export function provisionOf(name: string): ImportInspection {
  const track = compatibilityTrack(name);
  if (!Object.hasOwn(hostInterfaces, track)) {
    return { name, provision: "missing", note: missingNote };
  }
  const note = refusing.get(track) ?? (name.startsWith("wasi:sockets/") ? socketsNote : undefined);
  return note === undefined ? { name, provision: "provided" } : { name, provision: "refuses", note };
}

/** The same for what a core module imports from, e.g. `wasi_snapshot_preview1`, or `key-value` of Spin 1.0. */
export function moduleProvisionOf(name: string): ImportInspection {
  const provider = Object.hasOwn(spin1Imports, name) ? spin1Imports[name]?.provider : undefined;
  if (provider === undefined && name !== preview1) return { name, provision: "missing", note: missingNote };
  const note = refusing.get(compatibilityTrack(provider ?? name));
  return note === undefined ? { name, provision: "provided" } : { name, provision: "refuses", note };
}
