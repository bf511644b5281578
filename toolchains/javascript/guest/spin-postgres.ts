/** `@spinframework/spin-postgres`: PostgreSQL, with the values of `fermyon:spin/postgres@2.0.0`. */
import { Connection } from "fermyon:spin/postgres@2.0.0";
import type { DbDataType, ParameterValue } from "fermyon:spin/postgres@2.0.0";

/** A parameter: a plain value, or one with its type said. A whole number is an `int32`, another a `floating64`. */
export type RdbmsParameterValue = ParameterValue | number | bigint | boolean | string | Uint8Array | null;

export interface RdbmsRowSet {
  columns: { name: string; dataType: DbDataType }[];
  /** One object for each row, by column name. What the interface has no type for is null. */
  rows: { [column: string]: number | bigint | boolean | string | Uint8Array | null }[];
}

export interface PostgresConnection {
  /** Runs one statement; `$1` stands for the first parameter. */
  query(statement: string, params: RdbmsParameterValue[]): RdbmsRowSet;
  /** Returns how many rows the statement changed. */
  execute(statement: string, params: RdbmsParameterValue[]): bigint;
}

/** Opens a connection; the address must be one of the component's `allowed_outbound_hosts`. */
export function open(address: string): PostgresConnection {
  const connection = Connection.open(address);
  return {
    query(statement, params) {
      const { columns, rows } = connection.query(statement, params.map(toWit));
      const names = columns.map(({ name }) => name);
      const toRow = (values: (typeof rows)[number]): RdbmsRowSet["rows"][number] =>
        Object.fromEntries(values.map((value, index) => [names[index], "val" in value ? value.val : null]));
      return { columns, rows: rows.map(toRow) };
    },
    execute: (statement, params) => connection.execute(statement, params.map(toWit)),
  };
}

function toWit(value: RdbmsParameterValue): ParameterValue {
  if (value === null) return { tag: "db-null" };
  if (typeof value === "string") return { tag: "str", val: value };
  if (typeof value === "boolean") return { tag: "boolean", val: value };
  if (typeof value === "bigint") return { tag: "int64", val: value };
  if (typeof value === "number") return { tag: Number.isInteger(value) ? "int32" : "floating64", val: value };
  return value instanceof Uint8Array ? { tag: "binary", val: value } : value;
}
