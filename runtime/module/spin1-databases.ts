import type { spin1Database } from "../host/spin-1/databases.ts";
import { bool, bytes, f32, f64, list, s16, s32, s64, s8, string, u16, u32, u64, u8 } from "./codec.ts";
import { enumeration, record, result, variant } from "./codec-compounds.ts";
import { fallible, type HostFunctions } from "./host-function.ts";

const scalars = [
  ["boolean", bool],
  ["int8", s8],
  ["int16", s16],
  ["int32", s32],
  ["int64", s64],
  ["uint8", u8],
  ["uint16", u16],
  ["uint32", u32],
  ["uint64", u64],
  ["floating32", f32],
  ["floating64", f64],
  ["str", string],
  ["binary", bytes],
] as const;

/** The types of `rdbms-types`. */
const parameter = variant([...scalars, ["db-null"]]);
const value = variant([...scalars, ["db-null"], ["unsupported"]]);
const dataType = enumeration([...scalars.map(([name]) => name), "other"]);
const rowSet = record({ columns: list(record({ name: string, dataType })), rows: list(list(value)) });
const error = variant([
  ["success"],
  ["connection-failed", string],
  ["bad-parameter", string],
  ["query-failed", string],
  ["value-conversion-failed", string],
  ["other-error", string],
]);

/** The import module `outbound-pg`. */
export function postgresFunctions(database: Database): HostFunctions {
  return functions(database, u64);
}

/** The import module `outbound-mysql`, which does not tell how many rows a statement changed. */
export function mysqlFunctions(database: Database): HostFunctions {
  return functions(database, undefined);
}

type Database = ReturnType<typeof spin1Database>;

function functions(database: Database, changed: typeof u64 | undefined): HostFunctions {
  const parameters = [string, string, list(parameter)] as const;
  return {
    query: fallible(parameters, result(rowSet, error), database.query),
    execute: fallible(parameters, result(changed, error), database.execute),
  };
}
