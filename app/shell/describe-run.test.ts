import { expect, test } from "vitest";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { RunState } from "../kernel/state.ts";
import { describeRun } from "./describe-run.ts";

const run = (phase: RunState["phase"], stale = false): RunState => ({ phase, stale, application: undefined });
const error: Diagnostic = { severity: "error", code: "x", message: "m" };
const typeError: Diagnostic = { severity: "error", code: "ts-2322", message: "m" };
const warning: Diagnostic = { severity: "warning", code: "x", message: "m" };

test.each([
  [run("idle"), [], "idle", "Opening"],
  [run("building", true), [error], "busy", "Building"],
  [run("starting"), [], "busy", "Starting"],
  [run("stopped"), [], "idle", "Stopped"],
  [run("failed"), [error], "bad", "Not running: 1 error"],
  [run("failed"), [], "bad", "Not running"],
  [run("running"), [warning], "good", "Running"],
  [run("running", true), [error, error], "warning", "Last good build: 2 errors"],
  [run("running"), [error, typeError], "warning", "Running: 2 errors"],
  [run("running"), [typeError, warning], "warning", "Running: 1 type error"],
] as const)("%j with %j reads %s, %s", (state, findings, tone, text) => {
  expect(describeRun(state, [...findings], false)).toEqual({ tone, text });
});

test.each([
  [run("running"), [], "warning", "Edited: Run again"],
  [run("running"), [typeError], "warning", "Edited: Run again"],
  [run("building"), [], "busy", "Building"],
  [run("running", true), [error], "warning", "Last good build: 1 error"],
] as const)("with newer files, %j with %j reads %s, %s", (state, findings, tone, text) => {
  expect(describeRun(state, [...findings], true)).toEqual({ tone, text });
});
