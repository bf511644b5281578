import { expect, test } from "vitest";
import type { StudioState } from "../kernel/state.ts";
import { studioStore } from "../kernel/store.ts";
import { hasNoAnswerToCome } from "./first-answer.ts";

const state = (part: Partial<StudioState>): StudioState => ({ ...studioStore.getState(), ...part });
const run = (phase: StudioState["run"]["phase"], stale = false): StudioState["run"] => ({
  phase,
  stale,
  application: undefined,
});

test.each([run("idle"), run("building"), run("starting"), run("running")])("%j: an answer may come", (value) => {
  expect(hasNoAnswerToCome(state({ run: value }))).toBe(false);
});

test.each<[string, Partial<StudioState>]>([
  ["a stopped application", { run: run("stopped") }],
  ["a failure", { run: run("failed") }],
  ["a failure beside what was restored", { run: run("running", true) }],
  ["a problem", { run: run("starting"), problem: { code: "engine-unavailable", message: "m" } }],
  ["an error", { diagnostics: [{ severity: "error", code: "x", message: "m" }] }],
])("%s: no answer to wait for", (_name, part) => {
  expect(hasNoAnswerToCome(state(part))).toBe(true);
});

test("a warning keeps no answer from coming", () => {
  expect(hasNoAnswerToCome(state({ diagnostics: [{ severity: "warning", code: "x", message: "m" }] }))).toBe(false);
});
