import { expect, it } from "vitest";
import { closeTab, firstFile, moveTabs, openTab } from "./tabs.ts";

it.each([
  [["spin.toml", "src/util.ts", "src/index.ts"], "src/index.ts"],
  [["spin.toml", "api/src/index.js"], "api/src/index.js"],
  [["spin.toml", "src/lib.rs"], "src/lib.rs"],
  [["README.md", "spin.toml"], "spin.toml"],
  [[], undefined],
])("of %j shows %s", (paths, path) => expect(firstFile(paths)).toBe(path));

const tabs = { open: ["a", "lib/b", "lib/c"], active: "lib/b" };

it("opens a tab once", () => {
  expect(openTab(tabs, "d")).toEqual({ open: ["a", "lib/b", "lib/c", "d"], active: "d" });
  expect(openTab(tabs, "a")).toEqual({ open: tabs.open, active: "a" });
});

it("shows a neighbour of the tab it closes", () => {
  expect(closeTab(tabs, "lib/b")).toEqual({ open: ["a", "lib/c"], active: "lib/c" });
  expect(closeTab({ ...tabs, active: "lib/c" }, "lib/c").active).toBe("lib/b");
  expect(closeTab(tabs, "a").active).toBe("lib/b");
  expect(closeTab({ open: ["a"], active: "a" }, "a")).toEqual({ open: [], active: undefined });
  expect(closeTab(tabs, "none")).toBe(tabs);
});

it("follows a rename and a removal of a folder", () => {
  expect(moveTabs(tabs, "lib", "src")).toEqual({ open: ["a", "src/b", "src/c"], active: "src/b" });
  expect(moveTabs(tabs, "lib")).toEqual({ open: ["a"], active: "a" });
});
