import type { ImportInspection } from "../component/inspection.ts";
import { unavailableSpinInterfaces } from "./fermyon-spin-unavailable.ts";
import { compatibilityTrack, hostInterfaces } from "./wit-facts.ts";

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
  const note = refusing.get(track) ?? (/^wasi:sockets\//.test(name) ? socketsNote : undefined);
  return note === undefined ? { name, provision: "provided" } : { name, provision: "refuses", note };
}
