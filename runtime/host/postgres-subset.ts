import type { DbValue, PostgresError, RowSet } from "../stores/postgres/values.ts";
import type { PostgresFace } from "./postgres-connection.ts";

/** A set of rows where a type is an enumeration's case, and what has none is `other` and `unsupported`. */
interface SubsetRows {
  columns: { name: string; dataType: string }[];
  rows: ({ tag: string; val?: unknown } | DbValue)[][];
}

/** The values that `fermyon:spin@2.0.0` has. */
export const basicValues: ReadonlySet<string> = new Set([
  "boolean",
  "int8",
  "int16",
  "int32",
  "int64",
  "floating32",
  "floating64",
  "str",
  "binary",
]);

/** An interface that came before `spin:postgres@4.0.0`, with fewer values and the errors of Postgres as a text. */
export function subsetFace(values: ReadonlySet<string>): PostgresFace<SubsetRows> {
  const toValue = (value: DbValue): SubsetRows["rows"][number][number] =>
    value.tag === "db-null" || values.has(value.tag) ? value : { tag: "unsupported" };
  return {
    toRowSet: ({ columns, rows }: RowSet): SubsetRows => ({
      columns: columns.map(({ name, dataType: { tag } }) => ({ name, dataType: values.has(tag) ? tag : "other" })),
      rows: rows.map((row) => row.map(toValue)),
    }),
    toError(error: PostgresError) {
      if (error.tag !== "query-failed") return error;
      return { tag: error.tag, val: error.val.tag === "text" ? error.val.val : error.val.val.asText };
    },
  };
}
