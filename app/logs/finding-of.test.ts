import { expect, test } from "vitest";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { LogLine } from "../../runtime/protocol.ts";
import { findingOf } from "./finding-of.ts";

const remedy = "To allow this request, add it.";
const finding: Diagnostic = {
  severity: "warning",
  code: "outbound-denied",
  message: `Component "a" was denied https://b. ${remedy}`,
  grant: { component: "a", field: "allowed_outbound_hosts", entry: "https://b" },
};
const line = (parts: Partial<LogLine>): LogLine => ({
  time: 1,
  component: "a",
  stream: "engine",
  requestId: "r",
  text: remedy,
  ...parts,
});

test("finds the finding of a line of the engine about the same component", () => {
  expect(findingOf(line({}), [finding])).toBe(finding);
});

test.each<[string, Partial<LogLine>]>([
  ["of another component", { component: "b" }],
  ["of the guest", { stream: "stderr" }],
  ["that says something else", { text: "To allow this request, add another." }],
  ["that says nothing", { text: "" }],
])("has none for a line %s", (_name, parts) => {
  expect(findingOf(line(parts), [finding])).toBeUndefined();
});
