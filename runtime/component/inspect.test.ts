import { metadataAdd, parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { expect, test } from "vitest";
import { inspectWasm, printWat } from "./inspect.ts";

const component = `(component
  (import "wasi:random/random@0.2.3" (instance (export "get-random-u64" (func (result u64)))))
  (import "wasi:sockets/tcp@0.2.3" (instance))
  (import "fermyon:spin/mysql@2.0.0" (instance))
  (import "acme:shop/cart@1.0.0" (instance))
  (import "constructor" (func))
  (instance $i)
  (export "wasi:http/incoming-handler@0.2.10" (instance $i)))`;

test("tells of a component what it needs, and whether that is there", async () => {
  const bytes = await metadataAdd(await parse(component), [["language", [["Rust", "1.90"]]]]);
  const inspection = await inspectWasm(bytes);
  expect(inspection).toMatchObject({
    kind: "component",
    size: bytes.length,
    handler: "wasi:http/incoming-handler@0.2.10",
    exports: ["wasi:http/incoming-handler@0.2.10"],
    producers: expect.arrayContaining([{ field: "language", name: "Rust", version: "1.90" }]) as unknown,
  });
  expect(inspection.imports.map(({ name, provision }) => [name, provision])).toEqual([
    ["wasi:random/random@0.2.3", "provided"],
    ["wasi:sockets/tcp@0.2.3", "refuses"],
    ["fermyon:spin/mysql@2.0.0", "refuses"],
    ["acme:shop/cart@1.0.0", "missing"],
    ["constructor", "missing"],
  ]);
  expect(inspection.wit).toContain("import wasi:random/random@0.2.3;");
});

test("tells of what cannot run why, and all else that can be read", async () => {
  const module = await parse('(module (import "env" "a" (func)) (import "env" "b" (func)) (func (export "main")))');
  expect(await inspectWasm(module)).toMatchObject({
    kind: "module",
    fault: expect.stringContaining("main") as string,
    imports: [{ name: "env", provision: "missing" }],
    exports: ["main"],
    witFault: "A core module has no WIT.",
  });
});

test("knows what modules of Spin 1.0 and commands import", async () => {
  const command = `(module
    (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (func (export "_start")))`;
  expect(await inspectWasm(await parse(command))).toMatchObject({
    handler: "_start",
    imports: [{ name: "wasi_snapshot_preview1", provision: "provided" }],
  });
  const names = ["key-value", "wasi-outbound-http", "outbound-mysql", "toString"];
  const imports = names.map((name) => `(import "${name}" "f" (func))`).join("");
  const { imports: inspected } = await inspectWasm(await parse(`(module ${imports})`));
  expect(inspected.map(({ name, provision }) => [name, provision])).toEqual([
    ["key-value", "provided"],
    ["wasi-outbound-http", "provided"],
    ["outbound-mysql", "refuses"],
    ["toString", "missing"],
  ]);
});

test("prints the text", async () => {
  expect(await printWat(await parse(component))).toContain('(import "acme:shop/cart@1.0.0"');
});

test.each([
  ["nothing", (bytes: Uint8Array) => bytes.slice(0, 0)],
  ["half of it", (bytes: Uint8Array) => bytes.slice(0, bytes.length / 2)],
  ["noise behind the preamble", (bytes: Uint8Array) => bytes.map((byte, index) => (index < 8 ? byte : 0xff))],
])("refuses %s", async (_name, broken) => {
  const bytes = broken(await parse(component));
  await expect(inspectWasm(bytes)).rejects.toMatchObject({ code: "component-invalid" });
  await expect(printWat(bytes)).rejects.toMatchObject({ code: "component-invalid" });
});
