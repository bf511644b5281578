import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { expect, test } from "vitest";
import { shellMemory, splitCore } from "./shell.ts";

const split = async (wat: string) => splitCore(Uint8Array.from(await parse(wat)));

const counter = `(module
  (import "env" "log" (func $log (param i32)))
  (memory (export "memory") 2)
  (global $count (mut i32) (i32.const 41))
  (global $big (mut i64) (i64.const -7))
  (global $fixed i32 (i32.const 5))
  (data (i32.const 16) "\\01\\02\\03")
  (data (i32.const 70000) "end")
  (func (export "next") (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (i32.store (i32.const 16) (i32.add (i32.load (i32.const 16)) (global.get $count)))
    (global.get $count))
  (func (export "big") (result i64) (global.get $big)))`;

type Counter = WebAssembly.Exports & { next(): number; big(): bigint };

async function run(wat: string): Promise<Counter> {
  const shell = await split(wat);
  if (!shell) throw new Error("not split");
  const memory = new WebAssembly.Memory({ initial: shell.image.initialPages, maximum: 10 });
  new Uint8Array(memory.buffer).set(shell.image.bytes);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(shell.bytes), {
    env: { log() {} },
    [shellMemory.module]: { [shellMemory.name]: memory },
  });
  for (const [name, value] of Object.entries(shell.image.globals))
    (instance.exports[name] as WebAssembly.Global).value = value;
  return instance.exports as Counter;
}

test("a shell with its image behaves as the module did", async () => {
  const first = await run(counter);
  expect([first.next(), first.next(), first.big()]).toEqual([42, 43, -7n]);
  const memory = new Uint8Array((first["memory"] as WebAssembly.Memory).buffer);
  expect(memory.length).toBe(2 * 65_536);
  expect(new TextDecoder().decode(memory.subarray(70_000, 70_003))).toBe("end");
  expect((await run(counter)).next()).toBe(42);
});

test("modules that differ only in state share one shell", async () => {
  const other = counter.replace("const 41", "const 99").replace('"end"', '"fin"').replace('"memory") 2', '"memory") 5');
  const [a, b] = await Promise.all([counter, other].map(split));
  expect(a?.bytes).toEqual(b?.bytes);
  expect(a?.image.initialPages).toBe(2);
  expect(b?.image.initialPages).toBe(5);
  expect((await run(other)).next()).toBe(100);
});

test("a module without imports gets an import section in the right place", async () => {
  const exports = await run(
    `(module (memory (export "memory") 1) (func (export "next") (result i32) (i32.load (i32.const 0))) (data (i32.const 0) "\\07"))`,
  );
  expect(exports.next()).toBe(7);
});

test.each([
  ["an imported memory", `(module (import "a" "b" (memory 1)))`],
  ["no memory", `(module (func))`],
  ["two memories", `(module (memory 1) (memory 1))`],
])("a module with %s is left whole", async (_what, wat) => {
  expect(await split(wat)).toBeUndefined();
});

test.each([
  [
    "a start function",
    `(module (memory (export "memory") 1) (global $g (mut i32) (i32.const 3)) (data (i32.const 4) "data")
       (func $s (global.set $g (i32.const 8)) (i32.store8 (i32.const 0) (i32.const 7))) (start $s)
       (func (export "g") (result i32) (global.get $g)))`,
    { first: 7, data: "data", g: 8, startsItself: true },
  ],
  [
    "passive data",
    `(module (memory (export "memory") 1) (data $d "data")
       (func (export "g") (result i32) (memory.init $d (i32.const 4) (i32.const 0) (i32.const 4)) (i32.const 1)))`,
    { first: 0, data: "data", g: 1, startsItself: undefined },
  ],
  [
    "a data segment behind a global",
    `(module (import "env" "at" (global $at i32)) (memory (export "memory") 1) (data (global.get $at) "data")
       (func (export "g") (result i32) (global.get $at)))`,
    { first: 0, data: "data", g: 4, startsItself: undefined },
  ],
])("a module with %s sets up its own state, in a memory with our maximum", async (_what, wat, expected) => {
  const shell = await split(wat);
  if (!shell) throw new Error("not split");
  expect(shell.image).toMatchObject({ bytes: new Uint8Array(), initialPages: 1, globals: {} });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(shell.bytes), {
    env: { at: new WebAssembly.Global({ value: "i32" }, 4) },
    [shellMemory.module]: { [shellMemory.name]: memory },
  });
  const g = (exports as { g(): number } & WebAssembly.Exports).g();
  const bytes = new Uint8Array(memory.buffer);
  const data = new TextDecoder().decode(bytes.subarray(4, 8));
  expect({ first: bytes[0], data, g, startsItself: shell.image.startsItself }).toEqual(expected);
  expect(exports["memory"]).toBe(memory);
});
