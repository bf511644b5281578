/** One row of a header form as the person typed it. */
export interface HeaderRow {
  name: string;
  value: string;
}

// RFC 9110, 5.6.2: the characters of a token.
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Why a row cannot be sent, or `undefined` when it can. A row with neither name nor value is left out, not wrong. */
export function headerFault(row: HeaderRow): string | undefined {
  const name = row.name.trim();
  if (name === "") return row.value.trim() === "" ? undefined : "This header has a value and no name.";
  if (!token.test(name)) return `"${name}" cannot be a header name.`;
  for (const character of row.value) {
    const code = character.charCodeAt(0);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return `The value of "${name}" has a control character.`;
    if (code > 0xff) return `The value of "${name}" has a character that headers cannot carry: ${character}`;
  }
  return undefined;
}

/** The rows that make headers, trimmed, in their order. Rows with a fault are left out: ask `headerFault` first. */
export function headersOfRows(rows: readonly HeaderRow[]): [string, string][] {
  return rows
    .filter((row) => row.name.trim() !== "" && headerFault(row) === undefined)
    .map((row) => [row.name.trim(), row.value.trim()]);
}

/** Rows out of pasted lines `name: value`; `undefined` when a line is none, so that the paste stays plain text. */
export function parseHeaderLines(text: string): HeaderRow[] | undefined {
  const rows: HeaderRow[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") continue;
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim();
    if (colon <= 0 || !token.test(name)) return undefined;
    rows.push({ name, value: line.slice(colon + 1).trim() });
  }
  return rows.length === 0 ? undefined : rows;
}
