/**
 * Patterns of Rust's `glob` crate, which Spin uses: `*`, `?`, `**` as a whole path component, `[a-z]` and `[!a-z]`.
 * Everything else, `{a,b}` and `!(a)` and backslashes too, stands for itself; names that begin with a dot match.
 *
 * The matching is picomatch's. What its syntax has beyond Rust's is escaped, and what Rust refuses is refused here with
 * its message. A difference is left: where wildcards may cross folders, `[!a]` does not match `/` here.
 */
import picomatch from "picomatch/posix.js";

export interface GlobOptions {
  /**
   * Whether `*` and `?` match `/` too. Rust's `glob()`, which looks for files, goes by path components; its
   * `Pattern::matches`, by which Spin excludes files, does not.
   */
  crossesFolders: boolean;
}

export type Glob = { matches: (path: string) => boolean } | { fault: string };

/**
 * The time that picomatch's expressions take grows with the power of this number; Rust's matcher has no such limit. With
 * it the worst name costs a second, with one more it costs minutes.
 */
const mostWildcards = 4;

/** `fault` is the message of Rust's `PatternError`, or says that the pattern has too many wildcards. */
export function compileGlob(pattern: string, { crossesFolders }: GlobOptions): Glob {
  const translated = translate(Array.from(pattern), crossesFolders);
  if ("fault" in translated) return translated;
  if (hasTooManyWildcards(pattern, crossesFolders)) {
    return { fault: `the playground takes at most ${mostWildcards} wildcards in one part of a path` };
  }
  const expression = picomatch.makeRe(translated.pattern, {
    // Bash's `*`, the one that `case` has, crosses folders.
    bash: crossesFolders,
    dot: true,
    fastpaths: false,
    literalBrackets: false,
    nobrace: true,
    noextglob: true,
    nonegate: true,
    posix: false,
    strictSlashes: true,
  });
  return { matches: (path) => expression.test(path) };
}

/** Whether Rust's `Pattern::escape` would change the text, which is what Spin asks. */
export function looksLikeGlob(text: string): boolean {
  return /[*?[\]]/.test(text);
}

/** Wildcards that cannot match the same text do not add up: those of different path components. */
function hasTooManyWildcards(pattern: string, crossesFolders: boolean): boolean {
  const parts = pattern.split("/");
  const recursive = parts.filter((part) => part === "**").length;
  const together = crossesFolders ? [pattern] : parts;
  return recursive > mostWildcards || together.some((part) => (part.match(/\*+/g) ?? []).length > mostWildcards);
}

type Translation = { pattern: string } | { fault: string };

function translate(chars: readonly string[], crossesFolders: boolean): Translation {
  let pattern = "";
  let at = 0;
  while (at < chars.length) {
    const char = chars[at] ?? "";
    if (char === "*") {
      const stars = chars.slice(at).findIndex((next) => next !== "*");
      const count = stars < 0 ? chars.length - at : stars;
      const problem = starProblem(chars, at, count);
      if (problem !== undefined) return problem;
      pattern += "*".repeat(count);
      at += count;
    } else if (char === "[") {
      const end = classEnd(chars, at);
      if (end === undefined) return fault(at, "invalid range pattern");
      pattern += characterClass(chars.slice(at + 1, end));
      at = end + 1;
    } else {
      pattern += char === "?" && crossesFolders ? "[\\s\\S]" : char === "?" ? "?" : literal(char);
      at += 1;
    }
  }
  return { pattern };
}

function starProblem(chars: readonly string[], at: number, count: number): { fault: string } | undefined {
  if (count > 2) return fault(at + 2, "wildcards are either regular `*` or recursive `**`");
  if (count < 2) return undefined;
  const alone = "recursive wildcards must form a single path component";
  if (at > 0 && chars[at - 1] !== "/") return fault(at - 1, alone);
  const next = chars[at + 2];
  return next === undefined || next === "/" ? undefined : fault(at + 2, alone);
}

/** Where a class that begins at `at` ends. A `]` at its beginning belongs to it, so it is never empty. */
function classEnd(chars: readonly string[], at: number): number | undefined {
  const first = at + (chars[at + 1] === "!" ? 3 : 2);
  const end = chars.indexOf("]", first);
  return end < 0 ? undefined : end;
}

function characterClass(content: readonly string[]): string {
  const negated = content[0] === "!";
  const members = negated ? content.slice(1) : content;
  let text = negated ? "[^" : "[";
  for (let at = 0; at < members.length; at++) {
    const member = members[at] ?? "";
    const isRange = members[at + 1] === "-" && at + 2 < members.length;
    text += literal(member);
    if (!isRange) continue;
    text += `-${literal(members[at + 2] ?? "")}`;
    at += 2;
  }
  return `${text}]`;
}

/** A character as picomatch takes it for itself. */
function literal(char: string): string {
  return /[\\^$+!@(){}|[\]\-"']/.test(char) ? `\\${char}` : char;
}

function fault(position: number, message: string): { fault: string } {
  return { fault: `Pattern syntax error near position ${position}: ${message}` };
}
