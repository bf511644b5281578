import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { configDefinition, keyValueDefinition } from "./wit-definitions.ts";

/**
 * The WASI version of the engine: its fetch-event support exports `wasi:http/incoming-handler` of exactly this version,
 * so the world must ask for no other.
 */
const wasiVersion = "0.2.10";

export const worldName = "http";

/** Interfaces of `fermyon:spin@2.0.0` that guest code may import, beside WASI. */
const spinInterfaces = ["key-value", "variables", "sqlite", "redis", "mqtt", "llm", "mysql", "postgres"];

const wasiImports = [
  "io/poll",
  "io/error",
  "io/streams",
  "clocks/monotonic-clock",
  "cli/environment",
  "http/types",
  "http/outgoing-handler",
];

const otherImports = [
  "wasi:keyvalue/store@0.2.0-draft2",
  "wasi:keyvalue/atomics@0.2.0-draft2",
  "wasi:keyvalue/batch@0.2.0-draft2",
  "wasi:config/store@0.2.0-draft-2024-09-27",
];

/**
 * The WIT of the superset world: everything a JavaScript guest may import, in one text. WIT of WASI and of
 * `fermyon:spin` is read from npm packages; the two packages that npm does not have are our own definitions.
 */
export function supersetWorld(nodeModules: string): string {
  return [
    "package spin-playground:javascript@0.1.0;",
    `world ${worldName} {`,
    ...wasiImports.map((name) => `  import wasi:${name}@${wasiVersion};`),
    ...spinInterfaces.map((name) => `  import fermyon:spin/${name}@2.0.0;`),
    ...otherImports.map((name) => `  import ${name};`),
    `  export wasi:http/incoming-handler@${wasiVersion};`,
    "}",
    wasiPackages(nodeModules),
    `package fermyon:spin@2.0.0 {\n${spinPackage(nodeModules)}\n}`,
    keyValueDefinition,
    configDefinition,
  ].join("\n");
}

/** The file of `@spinframework/wasi-http-proxy` begins with worlds of its own; its nested packages are what we want. */
function wasiPackages(nodeModules: string): string {
  const path = join(nodeModules, "@spinframework/wasi-http-proxy/wit/wasi-http@0.2.3.wit");
  const text = readFileSync(path, "utf8");
  const first = text.search(/^package wasi:io@/m);
  if (first < 0) throw new Error(`${path} has no package wasi:io: its layout has changed.`);
  return text.slice(first).replaceAll("@0.2.3", `@${wasiVersion}`);
}

/** `float32` and `float64` are the names of WIT before 2024; the parser takes only `f32` and `f64`. */
function spinPackage(nodeModules: string): string {
  const folder = join(nodeModules, "@fermyon/spin-sdk/bin/wit");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".wit") && file !== "spin.wit")
    .sort()
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .map((text) => text.replace(/^package [^;]+;/m, "").replace(/\bfloat(32|64)\b/g, "f$1"))
    .join("\n");
}
