import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { expect, it } from "vitest";
import { inTrapWords } from "./trap-words.ts";

/** What is said of a function with this body. */
async function trap(body: string): Promise<string> {
  const text = `(module (type $f (func (result i32))) (memory 1) (table 1 funcref) (func (export "f") (result i32) ${body}))`;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(await parse(text))));
  const running = Promise.resolve().then(exports["f"] as () => unknown);
  return inTrapWords(running).then(String, (error: Error) => error.message);
}

it.each([
  ["wasm `unreachable` instruction executed", "unreachable"],
  ["out of bounds memory access", "(i32.load (i32.const -1))"],
  ["integer divide by zero", "(i32.div_s (i32.const 1) (i32.const 0))"],
  ["integer overflow", "(i32.div_s (i32.const 0x80000000) (i32.const -1))"],
  ["invalid conversion to integer", "(i32.trunc_f32_s (f32.const nan))"],
  ["undefined element: out of bounds table access", "(call_indirect (type $f) (i32.const 5))"],
])("says %s as Wasmtime does", async (message, body) => {
  expect(await trap(body)).toBe(`wasm trap: ${message}`);
});

it("passes on what is no trap, and what goes well", async () => {
  const error = new RangeError("no memory");
  await expect(inTrapWords(Promise.reject(error))).rejects.toBe(error);
  expect(await trap("(i32.const 7)")).toBe("7");
});
