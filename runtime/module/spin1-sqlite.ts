import { WitError } from "../host/wit-error.ts";
import { bytes, f64, list, s64, string, u32 } from "./codec.ts";
import { record, result, variant, type Variant } from "./codec-compounds.ts";
import { Handles } from "./handles.ts";
import { fallible, type HostFunctions } from "./host-function.ts";

/** `fermyon:spin/sqlite@2` as the host has it. */
interface Sqlite {
  Connection: { open(label: string): Promise<Connection> | Connection };
}

interface Connection extends Partial<Disposable> {
  execute(statement: string, parameters: unknown[]): unknown;
}

const value = variant([["integer", s64], ["real", f64], ["text", string], ["blob", bytes], ["null"]]);
const queryResult = record({ columns: list(string), rows: list(record({ values: list(value) })) });
const error = variant([
  ["no-such-database"],
  ["access-denied"],
  ["invalid-connection"],
  ["database-full"],
  ["io", string],
]);

/** The import module `sqlite` (Spin 1.3): connections are numbers. The errors are those of today. */
export function spin1Sqlite({ Connection }: Sqlite): HostFunctions {
  const connections = new Handles<Connection>();
  const fail = (payload: Variant): never => {
    throw new WitError(payload);
  };
  const asItIs = (payload: unknown): unknown => payload;
  return {
    open: fallible([string], result(u32, error), asItIs, async (label) =>
      connections.add(await Connection.open(label)),
    ),
    execute: fallible([u32, string, list(value)], result(queryResult, error), asItIs, (handle, statement, values) => {
      const connection = connections.get(handle) ?? fail({ tag: "invalid-connection" });
      return connection.execute(statement, values);
    }),
    close: { parameters: [u32], call: (handle) => connections.close(handle as number)?.[Symbol.dispose]?.() },
  };
}
