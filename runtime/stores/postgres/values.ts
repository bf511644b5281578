/**
 * What goes between a component and its Postgres, in the shapes that jco gives the types of `spin:postgres/postgres@4.0.0`:
 * a variant is `{ tag, val }`, an option `undefined` or the value, `s64` a bigint. The older interfaces are subsets of it.
 */

export type Calendar = [year: number, month: number, day: number];
export type ClockTime = [hour: number, minute: number, second: number, nanosecond: number];

type Bound<T> = [value: T, kind: "inclusive" | "exclusive"];
export type Range<T> = [lower: Bound<T> | undefined, upper: Bound<T> | undefined];
/** Postgres keeps the three apart, since neither months nor days are all of one length. */
export interface Interval {
  micros: bigint;
  days: number;
  months: number;
}

/** `parameter-value`. */
export type ParameterValue =
  | { tag: "boolean"; val: boolean }
  | { tag: "int8" | "int16" | "int32" | "floating32" | "floating64"; val: number }
  /** `timestamp`: seconds since the epoch. */
  | { tag: "int64" | "timestamp"; val: bigint }
  | { tag: "str" | "uuid" | "decimal"; val: string }
  | { tag: "binary" | "jsonb"; val: Uint8Array }
  | { tag: "date"; val: Calendar }
  | { tag: "time"; val: ClockTime }
  | { tag: "datetime"; val: [...Calendar, ...ClockTime] }
  | { tag: "range-int32"; val: Range<number> }
  | { tag: "range-int64"; val: Range<bigint> }
  | { tag: "range-decimal"; val: Range<string> }
  | { tag: "array-int32"; val: ArrayLike<number | undefined> }
  | { tag: "array-int64"; val: ArrayLike<bigint | undefined> }
  | { tag: "array-decimal" | "array-str"; val: (string | undefined)[] }
  | { tag: "interval"; val: Interval }
  | { tag: "db-null" };

/** `db-value`. `unsupported` has the value as Postgres sends it. */
export type DbValue = ParameterValue | { tag: "unsupported"; val: Uint8Array };

/** `db-data-type`; `other` has the name of the type. */
export type DbDataType = { tag: Exclude<DbValue["tag"], "db-null" | "unsupported"> } | { tag: "other"; val: string };

export interface RowSet {
  columns: { name: string; dataType: DbDataType }[];
  rows: DbValue[][];
}

/** `db-error`. */
export interface DbError {
  asText: string;
  severity: string;
  code: string;
  message: string;
  detail: string | undefined;
  extras: [name: string, value: string][];
}

/** `error`. */
export type PostgresError =
  | { tag: "connection-failed" | "bad-parameter" | "value-conversion-failed" | "other"; val: string }
  | { tag: "query-failed"; val: { tag: "text"; val: string } | { tag: "db-error"; val: DbError } };

/** `query-failed` where Postgres itself did not say what is wrong. */
export const failedQuery = (text: string): PostgresError => ({ tag: "query-failed", val: { tag: "text", val: text } });

/** A failure that the component gets as the error of the interface. */
export class PostgresFailure extends Error {
  override readonly name = "PostgresFailure";
  readonly error: PostgresError;

  constructor(error: PostgresError) {
    super(typeof error.val === "string" ? error.val : error.tag);
    this.error = error;
  }
}
