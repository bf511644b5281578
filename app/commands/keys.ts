/** The parts of a `KeyboardEvent` that decide which command it means. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export type Platform = "apple" | "other";

/** Which key `Mod` stands for, from `navigator.platform` or its successor. */
export function detectPlatform(navigatorPlatform: string): Platform {
  return /mac|iphone|ipad|ipod/i.test(navigatorPlatform) ? "apple" : "other";
}

/**
 * Whether a key press is exactly the given combination: the same key and no modifier more or less. `keys` is
 * modifiers (`Mod`, `Ctrl`, `Alt`, `Shift`) and one `KeyboardEvent.key`, joined by `+`; the plus key is `Plus`.
 */
export function matchesKeys(keys: string, press: KeyPress, platform: Platform): boolean {
  const { modifiers, key } = parse(keys);
  const mod = modifiers.has("Mod");
  const control = modifiers.has("Ctrl") || (mod && platform === "other");
  const meta = mod && platform === "apple";
  return (
    press.ctrlKey === control &&
    press.metaKey === meta &&
    press.altKey === modifiers.has("Alt") &&
    press.shiftKey === modifiers.has("Shift") &&
    press.key.toLowerCase() === key
  );
}

/** How the combination is written for a person: `Ctrl+Enter`, or `⌘Enter` on Apple systems. */
export function formatKeys(keys: string, platform: Platform): string {
  const parts = keys.split("+");
  if (platform === "other") return parts.map((part) => (part === "Mod" ? "Ctrl" : part)).join("+");
  const symbols: Record<string, string> = { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧" };
  return parts.map((part) => symbols[part] ?? part).join("");
}

function parse(keys: string): { modifiers: Set<string>; key: string } {
  const parts = keys.split("+");
  const last = parts.pop() ?? "";
  return { modifiers: new Set(parts), key: last === "Plus" ? "+" : last.toLowerCase() };
}
