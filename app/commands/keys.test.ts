import { describe, expect, it } from "vitest";
import { detectPlatform, formatKeys, type KeyPress, matchesKeys } from "./keys.ts";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe("matchesKeys", () => {
  it("takes Mod as Control, and as Command on Apple systems", () => {
    expect(matchesKeys("Mod+Enter", press("Enter", { ctrlKey: true }), "other")).toBe(true);
    expect(matchesKeys("Mod+Enter", press("Enter", { metaKey: true }), "other")).toBe(false);
    expect(matchesKeys("Mod+Enter", press("Enter", { metaKey: true }), "apple")).toBe(true);
    expect(matchesKeys("Mod+Enter", press("Enter", { ctrlKey: true }), "apple")).toBe(false);
  });

  it("wants exactly the modifiers that are named", () => {
    expect(matchesKeys("Mod+Enter", press("Enter"), "other")).toBe(false);
    expect(matchesKeys("Mod+Enter", press("Enter", { ctrlKey: true, shiftKey: true }), "other")).toBe(false);
    expect(matchesKeys("Mod+Shift+P", press("P", { ctrlKey: true, shiftKey: true }), "other")).toBe(true);
    expect(matchesKeys("Alt+F", press("f", { altKey: true }), "apple")).toBe(true);
    expect(matchesKeys("Ctrl+F", press("f", { ctrlKey: true }), "apple")).toBe(true);
  });

  it("can name the plus key", () => {
    expect(matchesKeys("Mod+Plus", press("+", { ctrlKey: true }), "other")).toBe(true);
  });
});

it.each([
  ["Mod+Shift+Enter", "other", "Ctrl+Shift+Enter"],
  ["Mod+Shift+Enter", "apple", "⌘⇧Enter"],
] as const)("writes %s for %s as %s", (keys, platform, text) => expect(formatKeys(keys, platform)).toBe(text));

it.each([
  ["MacIntel", "apple"],
  ["macOS", "apple"],
  ["iPhone", "apple"],
  ["Win32", "other"],
  ["Linux x86_64", "other"],
])("knows %s", (name, platform) => expect(detectPlatform(name)).toBe(platform));
