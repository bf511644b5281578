import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { expect, test } from "vitest";
import { classifyComponent } from "./classify.ts";
import { componentInterface, wasmKind } from "./component-sections.ts";

const withExport = (name: string): string => `(component
  (import "wasi:random/random@0.2.3" (instance (export "get-random-u64" (func (result u64)))))
  (import "plain" (func (param "a" string)))
  (instance $i)
  (export "${name}" (instance $i)))`;

test("reads the names of what a component imports and exports", async () => {
  expect(componentInterface(await parse(withExport("wasi:http/incoming-handler@0.2.10")))).toEqual({
    imports: ["wasi:random/random@0.2.3", "plain"],
    exports: ["wasi:http/incoming-handler@0.2.10"],
  });
});

test.each([
  "wasi:http/incoming-handler@0.2.0",
  "wasi:http/incoming-handler@0.2.12",
  "wasi:http/incoming-handler@0.2.137",
  "wasi:http/incoming-handler@0.2.0-rc-2023-11-10",
  "wasi:http/incoming-handler@0.2.0-rc-2023-10-18",
  "wasi:http/handler@0.3.0",
  "wasi:http/handler@0.3.1",
  "wasi:http/handler@0.3.0-rc-2026-03-15",
  "fermyon:spin/inbound-http",
])("knows a component that answers requests by %s", async (name) => {
  expect(classifyComponent(await parse(withExport(name))).handler).toBe(name);
});

test.each([
  "wasi:http/incoming-handler@0.2.0-rc-2023-12-05",
  "wasi:http/incoming-handler@0.3.0",
  "wasi:http/handler@0.2.0",
])("takes %s for no handler", async (name) => {
  const component = await parse(withExport(name));
  expect(() => classifyComponent(component)).toThrow("Expected component to export one of");
});

test("refuses two handlers", async () => {
  const component = await parse(`(component
    (import "i" (instance $i))
    (export "wasi:http/incoming-handler@0.2.0" (instance $i))
    (export "fermyon:spin/inbound-http" (instance $i)))`);
  expect(() => classifyComponent(component)).toThrow("exports multiple different handlers");
});

test("names what was exported instead", async () => {
  const command = await parse(withExport("wasi:cli/run@0.2.0"));
  expect(() => classifyComponent(command)).toThrow(/exported `wasi:cli\/run@0\.2\.0`/);
  const empty = await parse("(component)");
  expect(() => classifyComponent(empty)).toThrow(/exported nothing/);
  const module = await parse("(module)");
  expect(() => classifyComponent(module)).toThrow(/core WebAssembly module/);
});

test.each([
  ["an empty file", new Uint8Array()],
  ["text", new TextEncoder().encode("hello world")],
  ["a preamble alone, cut", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1)],
])("refuses %s", (_what, bytes) => {
  expect(() => wasmKind(bytes)).toThrow(/not a WebAssembly file/);
});

test("bytes that break off or are changed at random give a typed error or an answer, never a hang", async () => {
  const bytes = await parse(withExport("wasi:http/incoming-handler@0.2.10"));
  for (let length = 8; length < bytes.length; length++) attempt(bytes.subarray(0, length));
  for (let index = 8; index < bytes.length; index++) attempt(bytes.with(index, 0xff ^ (bytes[index] ?? 0)));
  function attempt(input: Uint8Array): void {
    try {
      classifyComponent(input);
    } catch (error) {
      expect(error).toMatchObject({ name: "PlaygroundError", code: "component-invalid" });
    }
  }
});
