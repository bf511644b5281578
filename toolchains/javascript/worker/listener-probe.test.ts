import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { listenerProbe, readProbe } from "./listener-probe.ts";

/** Runs a program behind the probe, with a global object as the engine has one. */
function run(program: string) {
  const added: unknown[][] = [];
  let printed = "";
  const add = (...parameters: unknown[]) => void added.push(parameters);
  const globals = { addEventListener: add, console: { log: (text: string) => (printed += `${text}\n`) } };
  runInNewContext(`${listenerProbe}\n${program}`, globals);
  return { added, isRestored: globals.addEventListener === add, ...readProbe(printed) };
}

it("tells that a fetch listener was added, and leaves no trace", () => {
  const result = run(`console.log("before"); addEventListener("fetch", 1, 2); console.log("after");`);
  expect(result).toEqual({ added: [["fetch", 1, 2]], isRestored: true, listening: true, output: "before\nafter\n" });
});

it("is not deceived by another listener", () => {
  expect(run(`addEventListener("error", 1);`)).toMatchObject({ added: [["error", 1]], listening: false, output: "" });
});

it("tells nothing of a program that adds none", () => {
  expect(run(`console.log("hello");`)).toMatchObject({ listening: false, output: "hello\n" });
});
