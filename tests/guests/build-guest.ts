import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { componentEmbed, componentNew, parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { composeModule } from "./compose.ts";
import { candidates } from "./candidate-wit.ts";
import { guestManifest } from "./guest-manifest.ts";
import { guestWorld, newestWasi, worldName } from "./world.ts";

/** Each is `wat/NAME.wat`, whose first lines say what it does and at which paths. */
export const guestNames = [
  "ask-self",
  "echo",
  "files",
  "kv",
  "leak-probe",
  "memory-bomb",
  "sink",
  "sockets",
  "spin",
  "stream",
  "tcp-echo",
  "tiny",
  "trap",
  "trap-at-start",
] as const;

export type GuestName = (typeof guestNames)[number];

const built = new Map<string, Promise<Uint8Array>>();

/**
 * A guest written in WebAssembly text as a component that answers HTTP requests. It is built once per process.
 *
 * @param version of WASI: a patch of 0.2 or a release candidate of 0.2.0
 */
export function buildGuest(name: GuestName, version: string = newestWasi): Promise<Uint8Array> {
  const key = `${name}@${version}`;
  const component = built.get(key) ?? build(name, version);
  built.set(key, component);
  return component;
}

/**
 * An application with the guest on route `/...`, as files for `playground.open`; it may use the default store, and ask
 * itself.
 */
export async function guestProject(
  name: GuestName,
  version: string = newestWasi,
): Promise<Record<string, string | Uint8Array>> {
  return {
    "spin.toml": guestManifest(name, 'allowed_outbound_hosts = ["http://self"]'),
    "app.wasm": await buildGuest(name, version),
  };
}

async function build(name: GuestName, version: string): Promise<Uint8Array> {
  const isCandidate = (candidates as readonly string[]).includes(version);
  const preamble = [...(isCandidate ? [`imports-${version}`] : []), "imports", "helpers"];
  const [guest = "", ...shared] = await Promise.all([name, ...preamble].map(readWat));
  const module = composeModule(guest, shared.join("\n"), ["$memory", "$cabi_realloc"]);
  const binary = await parse(module.replaceAll(`@${newestWasi}`, `@${version}`));
  return componentNew(await componentEmbed({ binary, witSource: guestWorld(version), world: worldName }));
}

function readWat(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, "wat", `${name}.wat`), "utf8");
}
