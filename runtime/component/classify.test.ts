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

test("knows a component that answers requests", async () => {
  expect(classifyComponent(await parse(withExport("wasi:http/incoming-handler@0.2.0"))).handler).toBe(
    "wasi:http/incoming-handler@0.2.0",
  );
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
