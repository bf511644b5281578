import type { TomlRange } from "../../../runtime/manifest/toml-tree.ts";

/** One thing that the editor offers at the cursor. */
export interface Completion {
  /** What is shown, and what the typed text is compared with. */
  label: string;
  kind: "table" | "field" | "value" | "variable";
  /** A snippet in the syntax of the Language Server Protocol. */
  insert: string;
  range: TomlRange;
  /** Smaller ones first. */
  rank: number;
  detail?: string;
  /** Markdown. */
  documentation?: string;
  deprecated?: boolean;
  /** After it there are values to choose from. */
  goesOn?: boolean;
}

/** Text that stands in a snippet as it is. */
export function literal(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
