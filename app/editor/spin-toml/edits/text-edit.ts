/** A change of a text: `text` in the place of what is there. Offsets in UTF-16 code units of the text before all edits. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** The text after edits that do not overlap. Of several at one place the first comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** The end of the line that an offset is on, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end === -1) return text.length;
  return text[end - 1] === "\r" && end > offset ? end - 1 : end;
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** The line break that the text uses. */
export function lineBreak(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** The white space that the line of an offset begins with. */
export function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? "";
}

/** Takes out a part, and with it its line when nothing else is on it. */
export function removal(text: string, start: number, end: number): TextEdit {
  const first = lineStart(text, start);
  const last = lineEnd(text, end);
  const isAlone = text.slice(first, start).trim() === "" && text.slice(end, last).trim() === "";
  if (!isAlone) return { start, end, text: "" };
  const next = text.indexOf("\n", last);
  return { start: first, end: next === -1 ? text.length : next + 1, text: "" };
}
