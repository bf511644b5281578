import { $init, generate } from "@bytecodealliance/jco-transpile/component";
import { beforeAll, expect, it } from "vitest";
import { componentInterface } from "../../runtime/component/component-sections.ts";
import { slimGlue } from "../../runtime/component/slim-glue.ts";
import { importMap, suspendingExports, suspendingImports } from "../../runtime/host/wit-facts.ts";
import { buildGuest } from "./build-guest.ts";

let whole: string;
beforeAll(async () => {
  await $init;
  const component = await buildGuest("kv");
  const { imports, exports } = componentInterface(component);
  const { files } = generate(component, {
    name: "guest",
    instantiation: { tag: "async" },
    asyncMode: { tag: "jspi", val: { imports: suspendingImports(imports), exports: suspendingExports(exports) } },
    map: importMap(imports),
    base64Cutoff: 0,
    noNodejsCompat: true,
    noTypescript: true,
  });
  whole = new TextDecoder().decode(files.find(([name]) => name === "guest.js")?.[1]);
});

it("takes the tasks out of host calls, and keeps which of them suspend", () => {
  const slim = slimGlue(whole) ?? "";
  const calls = (text: string): number => text.match(/createNewCurrentTask\(\{/g)?.length ?? 0;
  expect(calls(whole)).toBeGreaterThan(10);
  // What is left is the task of the export, and the function that lowers imports of other kinds.
  expect(calls(slim)).toBeLessThan(4);
  expect(slim).toMatch(/await +_hostCallAsync\(\d+, \(\) => rsc0\.get\(/);
  expect(slim).toContain('"fermyon:spin/key-value@2.0.0#[method]store.get"');
});

it.each([
  ["a function of the async ABI", (glue: string) => glue.replace("funcTypeIsAsync: false", "funcTypeIsAsync: true")],
  ["a component in a component", (glue: string) => glue.replace(/\n {4}componentIdx: 0/, "\n    componentIdx: 1")],
  ["a call of another shape", (glue: string) => glue.replace("task.enterSync()", "task.enterOtherwise()")],
  ["an import that is lowered otherwise", (glue: string) => glue.replace("let trampoline4 =", "var trampoline4 =")],
  ["no host call at all", () => "export function instantiate(getCoreModule, imports, instantiateCore = f) {\n}\n"],
])("leaves glue alone that has %s", (_what, change) => {
  const changed = change(whole);
  expect(changed).not.toBe(whole);
  expect(slimGlue(changed)).toBeUndefined();
});
