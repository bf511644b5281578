import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { componentEmbed, componentNew, parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { composeModule } from "./compose.ts";
import { guestWorld, worldName } from "./world.ts";

/** Each is `wat/NAME.wat`, whose first lines say what it does and at which paths. */
export const guestNames = [
  "echo",
  "kv",
  "leak-probe",
  "memory-bomb",
  "spin",
  "stream",
  "tiny",
  "trap",
  "trap-at-start",
] as const;

export type GuestName = (typeof guestNames)[number];

const built = new Map<GuestName, Promise<Uint8Array>>();

/** A guest written in WebAssembly text as a component that answers HTTP requests. It is built once per process. */
export function buildGuest(name: GuestName): Promise<Uint8Array> {
  const component = built.get(name) ?? build(name);
  built.set(name, component);
  return component;
}

/** An application with the guest on route `/...`, as files for `playground.open`; it may use the default store. */
export async function guestProject(name: GuestName): Promise<Record<string, string | Uint8Array>> {
  return {
    "spin.toml": `spin_manifest_version = 2

[application]
name = "guest-${name}"
version = "0.1.0"

[[trigger.http]]
route = "/..."
component = "${name}"

[component.${name}]
source = "app.wasm"
key_value_stores = ["default"]
`,
    "app.wasm": await buildGuest(name),
  };
}

async function build(name: GuestName): Promise<Uint8Array> {
  const [imports, helpers, guest] = await Promise.all(["imports", "helpers", name].map(readWat));
  const module = composeModule(guest ?? "", `${imports}\n${helpers}`, ["$memory", "$cabi_realloc"]);
  const binary = await parse(module);
  return componentNew(await componentEmbed({ binary, witSource: guestWorld(), world: worldName }));
}

function readWat(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, "wat", `${name}.wat`), "utf8");
}
