import { expect, test } from "vitest";
import type { Trace } from "../../runtime/protocol.ts";
import type { StudioState } from "../kernel/state.ts";
import { studioStore } from "../kernel/store.ts";
import { hadFirstOutcome } from "./first-outcome.ts";

const state = (part: Partial<StudioState>): StudioState => ({ ...studioStore.getState(), ...part });
const run = (phase: StudioState["run"]["phase"], stale = false): StudioState["run"] => ({
  phase,
  stale,
  application: undefined,
});
const trace: Trace = { requestId: "r", method: "GET", url: "http://a/", start: 0, status: 200, spans: [] };

test.each([run("idle"), run("building"), run("starting"), run("running")])("%j alone is none yet", (value) => {
  expect(hadFirstOutcome(state({ run: value }))).toBe(false);
});

test.each<[string, Partial<StudioState>]>([
  ["an answer", { run: run("running"), traces: [trace] }],
  ["a stopped application", { run: run("stopped") }],
  ["a failure", { run: run("failed") }],
  ["a failure beside what was restored", { run: run("running", true) }],
  ["a problem", { run: run("starting"), problem: { code: "engine-unavailable", message: "m" } }],
  ["an error", { diagnostics: [{ severity: "error", code: "x", message: "m" }] }],
])("%s is one", (_name, part) => {
  expect(hadFirstOutcome(state(part))).toBe(true);
});

test("a warning is none", () => {
  expect(hadFirstOutcome(state({ diagnostics: [{ severity: "warning", code: "x", message: "m" }] }))).toBe(false);
});
