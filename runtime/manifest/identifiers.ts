/**
 * The identifier rules of Spin manifests (Spin's `serde` crate, `id.rs`): words joined by one delimiter, each word
 * beginning with an ASCII letter, alphanumeric, and all lower or all upper case.
 */
export type IdentifierKind = "kebab" | "snake" | "lower-snake";

/** Rust's `{:?}` form of a string, as Spin's messages print it. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`;
}

/** What is wrong with an identifier, in Spin's words, or `undefined` when it is valid. */
export function identifierFault(id: string, kind: IdentifierKind): string | undefined {
  const delimiter = kind === "kebab" ? "-" : "_";
  const wrong = kind === "kebab" ? "_" : "-";
  if (id === "") return "empty";
  if (id.includes(wrong)) return `words must be separated with '${delimiter}', not '${wrong}'`;
  for (const word of id.split(delimiter)) {
    const fault = wordFault(word, delimiter);
    if (fault !== undefined) return fault;
    if (kind === "lower-snake" && /^[A-Z]/.test(word)) {
      return `Lower-case identifiers must be all lowercase; got ${quoted(id)}`;
    }
  }
  return undefined;
}

function wordFault(word: string, delimiter: string): string | undefined {
  const [first, ...rest] = word;
  if (first === undefined) return `'${delimiter}'-separated words must not be empty`;
  if (!/[A-Za-z]/.test(first)) return `'${delimiter}'-separated words must start with an ASCII letter; got '${first}'`;
  const upper = /[A-Z]/.test(first);
  for (const character of rest) {
    if (/[0-9]/.test(character)) continue;
    if (!/[A-Za-z]/.test(character)) {
      return `'${delimiter}'-separated words may only contain alphanumeric ASCII; got '${character}'`;
    }
    if (/[A-Z]/.test(character) !== upper) {
      return `'${delimiter}'-separated words must be all lowercase or all UPPERCASE; got ${quoted(word)}`;
    }
  }
  return undefined;
}

/** Labels of stores and databases may be in either style. */
export function labelFault(label: string): string | undefined {
  const valid = identifierFault(label, "kebab") === undefined || identifierFault(label, "snake") === undefined;
  return valid ? undefined : "expected kebab-case or snake_case";
}
