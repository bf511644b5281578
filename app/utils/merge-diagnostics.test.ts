import { expect, test } from "vitest";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import { countDiagnostics, mergeDiagnostics, placeOf, severityByFile } from "./merge-diagnostics.ts";

const finding = (severity: Diagnostic["severity"], file: string, line: number, message = "m"): Diagnostic => ({
  severity,
  code: "x",
  message,
  file,
  line,
  column: 1,
});

test("a type error on a line with a build error is left out, others stay", () => {
  const build = [finding("error", "a.ts", 3, "build")];
  const types = [finding("error", "a.ts", 3, "type"), finding("error", "a.ts", 4, "type")];
  expect(mergeDiagnostics(build, types).map((one) => [one.message, one.line])).toEqual([
    ["build", 3],
    ["type", 4],
  ]);
});

test("a build warning hides nothing", () => {
  const merged = mergeDiagnostics([finding("warning", "a.ts", 3)], [finding("error", "a.ts", 3)]);
  expect(merged.map((one) => one.severity)).toEqual(["error", "warning"]);
});

test("errors first, then by file and line", () => {
  const build = [
    finding("warning", "a", 1),
    finding("error", "b", 9),
    finding("error", "b", 2),
    finding("error", "a", 5),
  ];
  expect(mergeDiagnostics(build, []).map(placeOf)).toEqual(["a:5:1", "b:2:1", "b:9:1", "a:1:1"]);
});

test("counts and the worst severity of each file", () => {
  const findings = [
    finding("warning", "a", 1),
    finding("error", "a", 2),
    finding("warning", "a", 3),
    finding("warning", "b", 1),
  ];
  expect(countDiagnostics(findings)).toEqual({ errors: 1, warnings: 3 });
  expect([...severityByFile(findings)]).toEqual([
    ["a", "error"],
    ["b", "warning"],
  ]);
});

test("a finding without a place reads as nothing", () => {
  expect(placeOf({ severity: "error", code: "x", message: "m" })).toBe("");
  expect(placeOf({ severity: "error", code: "x", message: "m", file: "a" })).toBe("a");
});
