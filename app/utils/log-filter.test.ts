import { expect, test } from "vitest";
import type { LogLine } from "../../runtime/protocol.ts";
import { componentHue, filterLogs, logsAsText } from "./log-filter.ts";

const line = (component: string, requestId: string, text: string): LogLine => ({
  time: new Date(2026, 0, 1, 1, 2, 3, 4).getTime(),
  component,
  stream: "stdout",
  requestId,
  text,
});
const lines = [line("api", "1", "Hello"), line("web", "1", "served"), line("api", "2", "bye")];

test("no condition gives the very same list, so that nothing renders anew", () => {
  expect(filterLogs(lines, { component: undefined, requestIds: undefined, text: "  " })).toBe(lines);
});

test("each condition narrows", () => {
  const texts = (filter: Parameters<typeof filterLogs>[1]): string[] => filterLogs(lines, filter).map((l) => l.text);
  expect(texts({ component: "api", requestIds: undefined, text: "" })).toEqual(["Hello", "bye"]);
  expect(texts({ component: undefined, requestIds: new Set(["1"]), text: "" })).toEqual(["Hello", "served"]);
  expect(texts({ component: "api", requestIds: new Set(["1"]), text: "HELL" })).toEqual(["Hello"]);
});

test("text for the clipboard", () => {
  expect(logsAsText([line("api", "1", "Hello\n")])).toBe("01:02:03.004 [api] stdout Hello");
});

test("a component's colour is stable and one of six", () => {
  expect(componentHue("api")).toBe(componentHue("api"));
  const hues = Array.from({ length: 60 }, (_, index) => componentHue(`component-${index}`));
  expect(new Set(hues).size).toBe(6);
  expect(Math.max(...hues)).toBe(5);
});
