import { describe, expect, it } from "vitest";
import { isWithin, normalisePath, pathFault, requireFree } from "./workspace-paths.ts";

describe("normalisePath", () => {
  it.each([
    ["src/index.ts", "src/index.ts"],
    ["./src//index.ts", "src/index.ts"],
    ["/spin.toml", "spin.toml"],
    ["a b/ü.txt", "a b/ü.txt"],
    ["..hidden", "..hidden"],
  ])("keeps %j as %j", (text, path) => expect(normalisePath(text)).toBe(path));

  it.each([
    ["", "empty"],
    ["  ", "empty"],
    ["src/", "ends with a slash"],
    ["..", "leaves its folder"],
    ["src/../../etc/passwd", "leaves its folder"],
    ["src\\index.ts", "backslash"],
    ["a\nb", "control character"],
    [".", "names no file"],
    ["a/ b", "space"],
    ["x".repeat(256), "255"],
    [`${"abcdefg/".repeat(70)}x`, "512"],
  ])("refuses %j", (text, reason) => {
    expect(pathFault(text)).toContain(reason);
    expect(() => normalisePath(text)).toThrow(expect.objectContaining({ code: "file-invalid" }));
  });
});

describe("isWithin", () => {
  it("compares whole segments", () => {
    expect(isWithin("src/a.ts", "src")).toBe(true);
    expect(isWithin("src", "src")).toBe(true);
    expect(isWithin("src2/a.ts", "src")).toBe(false);
    expect(isWithin("anything", "")).toBe(true);
  });
});

describe("requireFree", () => {
  const taken = ["spin.toml", "src/index.ts"];
  it("accepts a new file", () => expect(() => requireFree("src/other.ts", taken)).not.toThrow());
  it.each([
    ["spin.toml", "already"],
    ["src", "is a folder"],
    ["spin.toml/x", "is a file"],
  ])("refuses %s", (path, reason) => expect(() => requireFree(path, taken)).toThrow(reason));
});
