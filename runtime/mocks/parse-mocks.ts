import type { Diagnostic } from "../diagnostic.ts";
import type { MockRule } from "../protocol.ts";
import { checkRule, type RuleFault } from "./mock-rule.ts";
import { type JsonNode, JsonSyntaxError, parsePositionedJson } from "./positioned-json.ts";

/**
 * Reads `mocks.json`: an array of rules (see `MockRule`). With any fault in it there are no rules, only diagnostics, each
 * at the value it is about. `file` is the path that the diagnostics name.
 */
export function parseMocks(text: string, file: string): { rules: MockRule[] } | { diagnostics: Diagnostic[] } {
  const diagnostic = ({ code, message, offset }: RuleFault): Diagnostic => ({
    severity: "error",
    code,
    message,
    file,
    ...placeOf(text, offset),
  });

  let root: JsonNode;
  try {
    root = parsePositionedJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const message = `${file} is not valid JSON: ${error.message}.`;
    return { diagnostics: [diagnostic({ code: "mocks-syntax", message, offset: error.offset })] };
  }
  if (root.kind !== "array") {
    const message = `${file} must be an array of rules, each like { "url": "https://api.example.com/items", "body": [] }.`;
    return { diagnostics: [diagnostic({ code: "mocks-invalid", message, offset: root.offset })] };
  }

  const checked = root.items.map(checkRule);
  const faults = checked.flatMap((result) => ("faults" in result ? result.faults : []));
  if (faults.length > 0) return { diagnostics: faults.map(diagnostic) };
  return { rules: checked.flatMap((result) => ("rule" in result ? [result.rule] : [])) };
}

/** Line and column from 1, as Monaco counts them: lines end with LF, CR or CR LF. */
function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
