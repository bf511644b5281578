import type { DbError } from "./values.ts";
import type { ErrorFields } from "./wire.ts";

/** What Spin passes on beside severity, code, message and detail, in its order. The letters are those of the protocol. */
const extras = {
  column: "c",
  constraint: "n",
  routine: "R",
  hint: "H",
  table: "t",
  datatype: "d",
  schema: "s",
  file: "F",
  line: "L",
  where_: "W",
} as const;

/** An error of Postgres as Spin gives it to a component. */
export function toDbError(fields: ErrorFields): DbError {
  const field = (letter: string): string => fields.get(letter) ?? "";
  return {
    asText: `Error { kind: Db, cause: Some(${driversText(fields)}) }`,
    severity: field("S"),
    code: field("C"),
    message: field("M"),
    detail: fields.get("D"),
    extras: Object.entries(extras).flatMap(([name, letter]): [string, string][] => {
      const value = fields.get(letter);
      return value === undefined ? [] : [[name, value]];
    }),
  };
}

/** The older interfaces give a component this text alone: the error as Spin's driver (`tokio-postgres`) shows it. */
function driversText(fields: ErrorFields): string {
  const some = (letter: string, show: (value: string) => string = quoted): string => {
    const value = fields.get(letter);
    return value === undefined ? "None" : `Some(${show(value)})`;
  };
  const asIs = (value: string): string => value;
  const severity = some("V", (value) => value.slice(0, 1) + value.slice(1).toLowerCase());
  const inner = `Internal { position: ${fields.get("p") ?? ""}, query: ${quoted(fields.get("q") ?? "")} }`;
  const position = fields.has("p") && !fields.has("P") ? `Some(${inner})` : some("P", (value) => `Original(${value})`);
  const parts = {
    severity: quoted(fields.get("S") ?? ""),
    parsed_severity: severity,
    code: `SqlState(E${fields.get("C") ?? ""})`,
    message: quoted(fields.get("M") ?? ""),
    detail: some("D"),
    hint: some("H"),
    position,
    where_: some("W"),
    schema: some("s"),
    table: some("t"),
    column: some("c"),
    datatype: some("d"),
    constraint: some("n"),
    file: some("F"),
    line: some("L", asIs),
    routine: some("R"),
  };
  return `DbError { ${Object.entries(parts)
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ")} }`;
}

/** As Rust shows a text in an error, near enough: JSON escapes the same characters of those that Postgres sends. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
