import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { beforeAll, expect, test } from "vitest";
import { splitCore } from "../component/shell.ts";
import { testBackEnds } from "../stores/back-ends-for-tests.ts";
import type { LoadedComponent } from "./application.ts";
import type { RequestPart } from "./bindable-context.ts";
import { Instances, type RequestInstance } from "./instances.ts";
import { fakeApplication } from "./testing/fake-application.ts";

/** Answers with all that an earlier call could have left: memory, global, table, size; then leaves marks in each. */
const probe = `(module
  (memory (export "memory") 2)
  (table $table 2 funcref)
  (global $global (mut i32) (i32.const 7))
  (data (i32.const 16) "\\05")
  (elem declare func $mark)
  (func $mark)
  (func (export "handle") (result i32)
    (local $found i32)
    (local.set $found (i32.add (i32.load8_u (i32.const 16)) (i32.load (i32.const 131000))))
    (local.set $found (i32.add (local.get $found) (i32.mul (i32.const 100) (global.get $global))))
    (local.set $found (i32.add (local.get $found) (i32.mul (i32.const 10000) (memory.size))))
    (if (i32.eqz (ref.is_null (table.get $table (i32.const 1))))
      (then (local.set $found (i32.add (local.get $found) (i32.const 1000000)))))
    (i32.store8 (i32.const 16) (i32.const 77))
    (i32.store (i32.const 131000) (i32.const 1))
    (global.set $global (i32.const 1))
    (table.set $table (i32.const 1) (ref.func $mark))
    (local.get $found))
  (func (export "grow") (drop (memory.grow (i32.const 1)))))`;
/** What a fresh instance finds: 5 + 100 * 7 + 10000 * 2. */
const untouched = 20_705;

let prepared: LoadedComponent["prepared"];
beforeAll(async () => {
  const shell = splitCore(Uint8Array.from(await parse(probe)));
  if (!shell) throw new Error("The module cannot be split.");
  prepared = {
    digest: "sha256:0",
    glueUrl: "",
    modules: { core: new WebAssembly.Module(shell.bytes) },
    handler: "handler",
    imports: [],
    image: { module: "core", ...shell.image },
  };
});

function component(): LoadedComponent {
  const loaded = fakeApplication(() => undefined).components.get("main");
  if (!loaded) throw new Error("no component");
  return {
    ...loaded,
    prepared,
    glue: {
      instantiate: (getCoreModule, imports, instantiateCore) => ({
        handler: instantiateCore(getCoreModule("core"), imports as unknown as WebAssembly.Imports).exports,
      }),
    },
  };
}

function instances() {
  const idle: (() => void)[] = [];
  let memoryBytes = 1024 * 1024;
  const made = new Instances({
    backEnds: testBackEnds(),
    limits: () => ({ memoryBytes, hostCallSpans: 100 }),
    whenIdle: (work) => idle.push(work),
  });
  return {
    made,
    limit: (bytes: number) => (memoryBytes = bytes),
    /** Gives the worker all the idle time it wants; returns how many pieces of work there were. */
    rest: async (): Promise<number> => {
      let count = 0;
      for (let work = idle.shift(); work; work = idle.shift(), count += 1) {
        work();
        // An instance is made within microtasks.
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      }
      return count;
    },
  };
}

const request = (requestId: string): RequestPart => ({
  requestId,
  outbound: { send: () => Promise.reject(new Error("not used")) },
  readVault: () => Promise.reject(new Error("not used")),
  log: () => undefined,
  notice: () => undefined,
  noticeOnce: () => undefined,
  storeDenied: () => undefined,
  progress: () => undefined,
  suspending: (wait) => wait,
  signal: new AbortController().signal,
});
const call = ({ handler }: RequestInstance, name = "handle"): number =>
  (handler as unknown as Record<string, () => number>)[name]?.() ?? -1;

test("nothing of one request is there for the next, whichever way its instance came", async () => {
  const { made, rest } = instances();
  const [main] = [component()];
  made.expect([main]);
  const origins: string[] = [];
  for (let index = 0; index < 12; index += 1) {
    // Some find an instance made ahead, and some do not.
    if (index % 3 === 0) await rest();
    const instance = await made.take(main, request(String(index)));
    origins.push(instance.origin);
    expect(call(instance)).toBe(untouched);
    instance.giveBack();
  }
  expect(new Set(origins)).toEqual(new Set(["made ahead", "recycled memory"]));
});

test("an instance that ended badly, or grew, leaves no memory behind", async () => {
  const { made } = instances();
  const main = component();
  const trapped = await made.take(main, request("1"));
  call(trapped);
  const grown = await made.take(main, request("2"));
  call(grown, "grow");
  grown.giveBack();
  expect((await made.take(main, request("3"))).origin).toBe("new memory");
});

test("each instance gets one request", async () => {
  const { made, rest } = instances();
  const main = component();
  made.expect([main]);
  await rest();
  const one = await made.take(main, request("one"));
  const two = await made.take(main, request("two"));
  expect([one.context.requestId, two.context.requestId]).toEqual(["one", "two"]);
  expect(one.handler).not.toBe(two.handler);
});

test("an instance made ahead under another memory limit is not used", async () => {
  const { made, rest, limit } = instances();
  const main = component();
  made.expect([main]);
  expect(await rest()).toBe(2);
  limit(2 * 1024 * 1024);
  expect((await made.take(main, request("1"))).origin).toBe("new memory");
  expect(await rest()).toBe(2);
});

test("few are made ahead, and the component used last has one", async () => {
  const { made, rest } = instances();
  const all = Array.from({ length: 6 }, component);
  made.expect(all);
  expect(await rest()).toBe(4);
  const [first] = all;
  if (!first) throw new Error("no component");
  expect((await made.take(first, request("1"))).origin).toBe("new memory");
  await rest();
  expect((await made.take(first, request("2"))).origin).toBe("made ahead");
});

test("a component that cannot be instantiated fails the request, not the idle time", async () => {
  const { made, rest } = instances();
  const broken = { ...component(), glue: { instantiate: () => Promise.reject(new Error("no glue")) } };
  made.expect([broken]);
  expect(await rest()).toBe(1);
  await expect(made.take(broken, request("1"))).rejects.toThrow("no glue");
});

test("after another application nothing is made for the one before", async () => {
  const { made, rest } = instances();
  const main = component();
  made.expect([main]);
  made.expect([]);
  expect(await rest()).toBe(1);
  expect((await made.take(main, request("1"))).origin).toBe("new memory");
  expect(await rest()).toBe(0);
});

test("the memory that the runtime config allows holds where it is less than the workspace's", async () => {
  const { made, limit, rest } = instances();
  const page = 64 * 1024;
  const grown = async (maxMemoryBytes: number): Promise<number> => {
    const instance = await made.take({ ...component(), maxMemoryBytes }, request("a"));
    call(instance, "grow");
    return Math.floor(call(instance) / 10_000);
  };
  expect(await grown(2 * page)).toBe(2);
  expect(await grown(3 * page)).toBe(3);
  limit(2 * page);
  expect(await grown(3 * page)).toBe(2);
  await expect(grown(page)).rejects.toMatchObject({ code: "limit-exceeded" });
  // An instance that was made ahead has it too.
  const small = { ...component(), maxMemoryBytes: 2 * page };
  limit(1024 * 1024);
  made.expect([small]);
  await rest();
  const ahead = await made.take(small, request("b"));
  call(ahead, "grow");
  expect([ahead.origin, Math.floor(call(ahead) / 10_000)]).toEqual(["made ahead", 2]);
});
