import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { keptGuest } from "./kept-guest.ts";

/** Each is `c/NAME.c`, whose first lines say what it does. By its beginning it is of Spin 1.0 (`spin1`) or a command (`wagi`). */
export const moduleNames = [
  "spin1-echo",
  "spin1-hosts",
  "spin1-large",
  "spin1-trap",
  "wagi-end",
  "wagi-env",
  "wagi-files",
  "wagi-http",
  "wagi-stream",
] as const;

export type ModuleName = (typeof moduleNames)[number];

const built = new Map<ModuleName, Promise<Uint8Array>>();

/** A guest written in C as a core module, by clang and wasi-libc. It is built once per process. */
export function buildModule(name: ModuleName): Promise<Uint8Array> {
  const module = built.get(name) ?? build(name);
  built.set(name, module);
  return module;
}

export const isCommand = (name: ModuleName): boolean => name.startsWith("wagi");

/**
 * An application with the guest on route `/base/...` (a command) or `/...`, as files for `playground.open`. It has a store, a
 * database, a Redis, a variable, an environment variable and two files, and may ask itself.
 */
export async function moduleProject(name: ModuleName): Promise<Record<string, string | Uint8Array>> {
  return { ...moduleManifest(name), "app.wasm": await buildModule(name) };
}

/** The same without the guest, which is `app.wasm`. */
export function moduleManifest(name: ModuleName): Record<string, string> {
  const trigger = isCommand(name) ? 'route = "/base/..."\nexecutor = { type = "wagi" }' : 'route = "/..."';
  return {
    "spin.toml": `spin_manifest_version = 2

[application]
name = "module-${name}"
version = "0.1.0"

[[trigger.http]]
component = "${name}"
${trigger}

[component.${name}]
source = "app.wasm"
key_value_stores = ["default"]
sqlite_databases = ["default"]
allowed_outbound_hosts = ["http://self", "redis://localhost:6379"]
environment = { KEY = "of the manifest", REQUEST_METHOD = "of the manifest" }
files = [{ source = "assets", destination = "/" }]

[component.${name}.variables]
greeting = "hello"
`,
    "assets/page.txt": "first line\nlast",
    "assets/sub/inner.txt": "inner",
  };
}

function build(name: ModuleName): Promise<Uint8Array> {
  return isCommand(name) ? compile(name, "command") : compileReactor(name);
}

/** A library, whose exports are called. `edit` changes the text of each of its sources. */
export function compileReactor(
  name: ModuleName,
  edit: (source: string) => string = (source) => source,
): Promise<Uint8Array> {
  return compile(name, "reactor", edit);
}

async function compile(
  name: ModuleName,
  model: "command" | "reactor",
  edit: (source: string) => string = (source) => source,
): Promise<Uint8Array> {
  const files = [`${name}.c`, "spin1.h"];
  const texts = await Promise.all(files.map(async (file) => [file, edit(await readSource(file))] as const));
  const sources = Object.fromEntries(texts);
  const options = ["--target=wasm32-wasip1", `-mexec-model=${model}`, "-O1", "-Wall", "-Wextra", "-Werror"];
  return keptGuest({ ...sources, options: options.join(" ") }, async () => {
    const { commands } = await import("@yowasp/clang");
    const made = await commands.clang([...options, `${name}.c`, "-o", "out.wasm"], sources);
    const wasm = made?.["out.wasm"];
    if (!(wasm instanceof Uint8Array)) throw new Error(`clang made nothing of ${name}.c`);
    return wasm;
  });
}

function readSource(file: string): Promise<string> {
  return readFile(join(import.meta.dirname, "c", file), "utf8");
}
