import type { spin1Sqlite } from "../host/spin-1/sqlite.ts";
import { bytes, f64, list, s64, string, u32 } from "./codec.ts";
import { record, result, variant } from "./codec-compounds.ts";
import { fallible, type HostFunctions } from "./host-function.ts";

const value = variant([["integer", s64], ["real", f64], ["text", string], ["blob", bytes], ["null"]]);
const queryResult = record({ columns: list(string), rows: list(record({ values: list(value) })) });
const error = variant([
  ["no-such-database"],
  ["access-denied"],
  ["invalid-connection"],
  ["database-full"],
  ["io", string],
]);

/** The import module `sqlite` (Spin 1.3). */
export function sqliteFunctions(sqlite: ReturnType<typeof spin1Sqlite>): HostFunctions {
  return {
    open: fallible([string], result(u32, error), sqlite.open),
    execute: fallible([u32, string, list(value)], result(queryResult, error), sqlite.execute),
    close: { parameters: [u32], call: (connection) => sqlite.close(connection as number) },
  };
}
