import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import { guestManifest } from "./guest-manifest.ts";
import { keptGuest } from "./kept-guest.ts";

/** Guests of WASI 0.3. Each is `c/NAME.c`, whose first lines say what it does. */
export const asyncGuestNames = ["chain", "hello", "echo", "kv", "publish", "send", "stream", "trap"] as const;

export type AsyncGuestName = (typeof asyncGuestNames)[number];

export const candidate = "0.3.0-rc-2026-03-15";
const release = "0.3.0";

const built = new Map<string, Promise<Uint8Array>>();

/** The component; it is built once per process. `version`: 0.3.0, or the release candidate. */
export function buildAsyncGuest(name: AsyncGuestName, version: string = release): Promise<Uint8Array> {
  const key = `${name}@${version}`;
  const component = built.get(key) ?? build(name, version);
  built.set(key, component);
  return component;
}

async function build(name: AsyncGuestName, version: string): Promise<Uint8Array> {
  const folder = join(import.meta.dirname, "c");
  const files = ["abi.h", "http.h", `${name}.c`];
  const sources = Object.fromEntries(
    files.map((file) => [file, readFileSync(join(folder, file), "utf8").replaceAll(`@${release}`, `@${version}`)]),
  );
  const witSource = asyncWorld(version);
  return keptGuest({ ...sources, witSource }, async () => {
    const binary = await compile(`${name}.c`, sources);
    return componentNew(await componentEmbed({ binary, witSource, world: "guest" }));
  });
}

/** A core module, by clang, which is itself a component that runs here. */
async function compile(main: string, sources: Record<string, string>): Promise<Uint8Array> {
  const { commands } = await import("@yowasp/clang");
  const output = "guest.wasm";
  const files = await commands.clang([...flags, "-o", output, main], sources);
  const binary = files?.[output];
  if (!(binary instanceof Uint8Array)) throw new Error(`clang made no module of ${main}.`);
  return binary;
}

const flags = [
  "--target=wasm32-unknown-unknown",
  "-nostdlib",
  "-O2",
  "-Wall",
  "-Werror",
  "-Wno-unused-function",
  "-Wl,--no-entry",
];

/** The world of a service, out of the WIT of 0.3.0 that npm has; the candidate has the same interfaces. */
function asyncWorld(version: string): string {
  const wit = join(import.meta.dirname, "../../node_modules/@bytecodealliance/jco/lib/wit/builtin", release);
  const packages = readdirSync(wit).map((folder) => {
    const text = readFileSync(join(wit, folder, "package.wit"), "utf8").replaceAll(release, version);
    return `${text.replace(/^package ([^;]+);/m, "package $1 {")}\n}`;
  });
  const spin = readFileSync(join(import.meta.dirname, "wit/spin-3.wit"), "utf8");
  return `package test:guests;
${packages.join("\n")}
${spin.replace(/^package test:.*$/m, "")}
world guest {
  include wasi:http/service@${version};
  import spin:key-value/key-value@3.0.0;
  import spin:variables/variables@3.0.0;
  import spin:redis/redis@3.0.0;
  import spin:mqtt/mqtt@3.0.0;
}`;
}

const section = `variables = { greeting = "hi" }
allowed_outbound_hosts = ["http://self", "redis://server", "mqtt://broker"]`;

/** An application with the guest on route `/...`, as files for `playground.open`. */
export async function asyncGuestProject(
  name: AsyncGuestName,
  version: string = release,
): Promise<Record<string, string | Uint8Array>> {
  return {
    "spin.toml": guestManifest(name, section),
    "app.wasm": await buildAsyncGuest(name, version),
  };
}
