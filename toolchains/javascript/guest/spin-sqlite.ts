/** `@spinframework/spin-sqlite`: SQLite databases. */
import { Connection } from "fermyon:spin/sqlite@2.0.0";
import type { Value } from "fermyon:spin/sqlite@2.0.0";

export type ValueInteger = { tag: "integer"; val: number | bigint };
export type ValueReal = { tag: "real"; val: number };
export type ValueText = { tag: "text"; val: string };
export type ValueBlob = { tag: "blob"; val: Uint8Array };
export type ValueNull = { tag: "null" };

/** A parameter: a plain value, or one with its SQLite type said. A number with a fraction is a real, without an integer. */
export type ParameterValue =
  | ValueInteger
  | ValueReal
  | ValueText
  | ValueBlob
  | ValueNull
  | number
  | bigint
  | string
  | Uint8Array
  | null;

export interface SqliteResult {
  columns: string[];
  /** One object for each row, by column name. Integers are bigint. */
  rows: { [column: string]: number | bigint | string | Uint8Array | null }[];
}

export interface SqliteConnection {
  /** Runs one statement; `?` stands for a parameter. */
  execute(statement: string, parameters?: ParameterValue[]): SqliteResult;
}

/** Opens a database that the component's `sqlite_databases` names. */
export function open(label: string): SqliteConnection {
  const connection = Connection.open(label);
  return {
    execute(statement, parameters = []) {
      const { columns, rows } = connection.execute(statement, parameters.map(toWit));
      return { columns, rows: rows.map(({ values }) => toRow(columns, values)) };
    },
  };
}

/** Opens the database `default`. */
export function openDefault(): SqliteConnection {
  return open("default");
}

function toWit(value: ParameterValue): Value {
  if (value === null) return { tag: "null" };
  if (typeof value === "string") return { tag: "text", val: value };
  if (typeof value === "bigint") return { tag: "integer", val: value };
  if (typeof value === "number") {
    return Number.isInteger(value) ? { tag: "integer", val: BigInt(value) } : { tag: "real", val: value };
  }
  if (value instanceof Uint8Array) return { tag: "blob", val: value };
  return value.tag === "integer" ? { tag: "integer", val: BigInt(value.val) } : value;
}

function toRow(columns: string[], values: Value[]): SqliteResult["rows"][number] {
  const row: SqliteResult["rows"][number] = {};
  columns.forEach((column, index) => {
    const value = values[index];
    row[column] = value === undefined || value.tag === "null" ? null : value.val;
  });
  return row;
}
