/** What the editor offers at the cursor of a manifest. */
import type { Completion } from "./completion-item.ts";
import { contextAt } from "./context.ts";
import { readDocument } from "./document.ts";
import { headerCompletions } from "./header-completions.ts";
import { keyCompletions } from "./key-completions.ts";
import type { Surroundings } from "./known-strings.ts";
import { valueCompletions } from "./value-completions.ts";

/** @param offset In UTF-16 code units. */
export function completionsAt(text: string, offset: number, surroundings: Surroundings = {}): Completion[] {
  const document = readDocument(text);
  const context = contextAt(document, offset);
  switch (context.at) {
    case "header":
      return headerCompletions(document, context.range, offset);
    case "key": {
      const keys = keyCompletions(document, context);
      // On a line of its own a table may begin as well.
      const isLine = !context.inline && !context.hasValue;
      return isLine ? [...keys, ...headerCompletions(document, context.range, offset)] : keys;
    }
    case "value":
      return valueCompletions(document, context, offset, surroundings);
    default:
      return [];
  }
}
