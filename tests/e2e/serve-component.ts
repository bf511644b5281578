/**
 * Serves a component on a port of this machine, by jco's glue and WASI for Node alone: nothing of the playground takes
 * part. Answers one request, since one instance answers one only. Usage: `tsx serve-component.ts <component> <port>`.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transpile } from "@bytecodealliance/jco";
import * as http from "@bytecodealliance/preview2-shim/http";
import { WASIShim } from "@bytecodealliance/preview2-shim/instantiation";

/** In Node alone, which the package's types do not say. */
const { HTTPServer } = http as unknown as {
  HTTPServer: new (handler: object) => { listen(port: number, host: string): void };
};
interface Glue {
  instantiate: (
    getCoreModule: (name: string) => WebAssembly.Module,
    imports: object,
  ) => Record<string, unknown> & { incomingHandler: object };
}

const [, , path = "", port = ""] = process.argv;
const { files } = await transpile(await readFile(path), {
  name: "component",
  instantiation: "sync",
});
const modules = new Map<string, WebAssembly.Module>();
for (const [name, bytes] of Object.entries(files))
  if (name.endsWith(".wasm")) modules.set(name, new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>));

const folder = await mkdtemp(join(import.meta.dirname, "../../test-results/component-"));
const glueFile = join(folder, "component.mjs");
await writeFile(glueFile, files["component.js"] ?? "");
const { instantiate } = (await import(pathToFileURL(glueFile).href)) as Glue;
await rm(folder, { recursive: true });

/** Of an interface that WASI for Node does not have: every name is there, and none may be called. */
const uncalled = new Proxy({}, { get: () => Object });
const wasi = new WASIShim().getImportObject() as Record<string, object>;
const imports = new Proxy(wasi, {
  get: (target, name: string) => target[name] ?? target[name.replace(/@.*/, "")] ?? uncalled,
});

const { incomingHandler } = instantiate((name) => {
  const module = modules.get(name);
  if (module === undefined) throw new Error(`The glue asks for ${name}.`);
  return module;
}, imports);
new HTTPServer(incomingHandler).listen(Number(port), "127.0.0.1");
console.log("ready");
