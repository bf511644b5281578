import type { ByteString } from "./byte-string.ts";

/**
 * The patterns of KEYS and SCAN: `*`, `?`, `[a-c]`, `[^a]`, and `\` before a character that stands for itself. As in
 * Redis, a class that is not closed reaches to the end of the pattern.
 */
export function globMatcher(pattern: ByteString): (text: ByteString) => boolean {
  let source = "";
  let index = 0;
  while (index < pattern.length) {
    const character = pattern.charAt(index);
    if (character === "*") source += ".*";
    else if (character === "?") source += ".";
    else if (character === "[") {
      const found = readClass(pattern, index + 1);
      source += found.source;
      index = found.end;
    } else {
      const isEscape = character === "\\" && index + 1 < pattern.length;
      if (isEscape) index += 1;
      source += literal(pattern.charAt(index));
    }
    index += 1;
  }
  const expression = new RegExp(`^${source.replace(/(?:\.\*)+/g, ".*")}$`, "s");
  return (text) => expression.test(text);
}

/** `end`: the place of the closing bracket, or of the last character. */
function readClass(pattern: ByteString, start: number): { source: string; end: number } {
  const isNegated = pattern[start] === "^";
  let index = isNegated ? start + 1 : start;
  let members = "";
  for (; index < pattern.length && pattern[index] !== "]"; index += 1) {
    if (pattern[index] === "\\" && index + 1 < pattern.length) {
      index += 1;
      members += literal(pattern.charAt(index));
    } else if (pattern[index + 1] === "-" && index + 2 < pattern.length) {
      const [from, to] = [pattern.charAt(index), pattern.charAt(index + 2)].sort();
      members += `${literal(from ?? "")}-${literal(to ?? "")}`;
      index += 2;
    } else {
      members += literal(pattern.charAt(index));
    }
  }
  // A class without members matches nothing, and its negation anything.
  const source = members === "" ? (isNegated ? "." : "(?!)") : `[${isNegated ? "^" : ""}${members}]`;
  return { source, end: index };
}

/** The byte as it is written in a regular expression, inside of a class and outside. */
function literal(byte: string): string {
  return `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
