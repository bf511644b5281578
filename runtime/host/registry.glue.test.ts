import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { $init, generate } from "@bytecodealliance/jco-transpile/component";
import { componentEmbed, componentNew, componentWit } from "@bytecodealliance/jco-transpile/wasm-tools";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { postgresPackages } from "../../tests/guests/postgres-wit.ts";
import { testContext } from "./context-for-tests.ts";
import { createImports, loadHostInterfaces } from "./registry.ts";
import { spin1Facts } from "./spin-1/facts.ts";
import { hostInterfaces, importMap } from "./wit-facts.ts";

const folder = mkdtempSync(path.join(tmpdir(), "spin-playground-glue-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Glue {
  instantiate(
    getCoreModule: (file: string) => WebAssembly.Module,
    imports: Record<string, object>,
    instantiateCore: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance,
  ): object;
}

let glue: Glue;
let imports: string[];
const modules: Record<string, WebAssembly.Module> = {};

/** Real glue of a component that imports every interface whose WIT is at hand. */
beforeAll(async () => {
  await $init;
  const core = await componentEmbed({ dummy: true, witSource: worldOfEverything(), world: "everything" });
  const component = await componentNew(core, []);
  imports = [...(await componentWit(component)).matchAll(/^ {2}import (\S+);/gm)].map((match) => match[1] ?? "");
  await loadHostInterfaces(imports);
  const { files } = generate(component, {
    name: "guest",
    instantiation: { tag: "sync" },
    map: importMap(imports),
    base64Cutoff: 0,
    noNodejsCompat: true,
    noTypescript: true,
  });
  for (const [name, bytes] of files) {
    if (name.endsWith(".wasm")) modules[name] = new WebAssembly.Module(Uint8Array.from(bytes));
    else writeFileSync(path.join(folder, `${path.basename(name, ".js")}.mjs`), bytes);
  }
  glue = (await import(pathToFileURL(path.join(folder, "guest.mjs")).href)) as Glue;
}, 60_000);

function instantiate(given: Record<string, object>): object {
  const moduleOf = (file: string): WebAssembly.Module => {
    const module = modules[file];
    if (!module) throw new Error(`no core module ${file}`);
    return module;
  };
  return glue.instantiate(moduleOf, given, (module, coreImports) => new WebAssembly.Instance(module, coreImports));
}

it("gives jco's glue everything it takes out of the imports", () => {
  const wanted = Object.keys(hostInterfaces).filter((name) => /^wasi:.*@0\.2$|^fermyon:spin|^spin:postgres/.test(name));
  expect(Object.keys(createImports(imports, testContext()))).toEqual(expect.arrayContaining(wanted));
  expect(() => instantiate(createImports(imports, testContext()))).not.toThrow();
});

it("would be told by the glue if a function was missing", () => {
  const said = vi.spyOn(console, "error").mockReturnValue(undefined);
  const given = createImports(imports, testContext());
  given["wasi:clocks/wall-clock@0.2"] = {};
  expect(() => instantiate(given)).toThrow("unexpectedly undefined instance import 'now");
  said.mockRestore();
});

/** One WIT text with the published packages of WASI and Spin nested in it, and a world that imports all of them. */
function worldOfEverything(): string {
  const wasi = nodeModule("@bytecodealliance/jco/lib/wit/builtin/0.2.12");
  const packages = readdirSync(wasi).map((name) => nested(readFileSync(path.join(wasi, name, "package.wit"), "utf8")));
  const spin = nodeModule("@fermyon/spin-sdk/bin/wit");
  const names = ["key-value", "variables", "sqlite", "redis", "mqtt", "llm", "rdbms-types", "mysql", "postgres"];
  const interfaces = names.map((name) => readFileSync(path.join(spin, `${name}.wit`), "utf8"));
  return `
    package test:everything;
    ${packages.join("\n")}
    package fermyon:spin@2.0.0 { ${interfaces
      .join("\n")
      .replaceAll(/^package .*;$/gm, "")
      .replaceAll(/\bfloat(32|64)\b/g, "f$1")} }
    ${Object.values(postgresPackages).join("\n")}
    ${readFileSync(fileURLToPath(new URL("../../tests/guests/wit/spin-1.wit", import.meta.url)), "utf8")}
    world everything {
      include wasi:cli/imports@0.2.12;
      import wasi:http/outgoing-handler@0.2.12;
      ${names.map((name) => `import fermyon:spin/${name}@2.0.0;`).join("\n")}
      ${Object.keys(spin1Facts)
        .map((name) => `import ${name};`)
        .join("\n")}
      ${Object.keys(postgresPackages)
        .map((version) => `import spin:postgres/postgres@${version};`)
        .join("\n")}
      export wasi:http/incoming-handler@0.2.12;
    }`;
}

/** `package a:b@1;` and what follows it as `package a:b@1 { … }`. */
function nested(wit: string): string {
  return `${wit.replace(/^package ([^;]+);/m, "package $1 {")}\n}`;
}

function nodeModule(name: string): string {
  return fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url));
}
