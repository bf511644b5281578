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
    return { name, provision: "missing", note: "The playground does not have it: a call of it ends the instance." };
  }
  const note = refusing.get(track) ?? (name.startsWith("wasi:sockets/") ? socketsNote : undefined);
  return note === undefined ? { name, provision: "provided" } : { name, provision: "refuses", note };
}
