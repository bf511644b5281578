import { bool, bytes, f32, f64, list, s16, s32, s64, s8, string, u16, u32, u64, u8 } from "./codec.ts";
import { enumeration, record, result, variant, type Variant } from "./codec-compounds.ts";
import { fallible, type HostFunctions } from "./host-function.ts";

/** `fermyon:spin/postgres@2` and `fermyon:spin/mysql@2` as the host has them. */
interface Database {
  Connection: { open(address: string): Promise<Connection> | Connection };
}

interface Connection extends Partial<Disposable> {
  query(statement: string, parameters: unknown[]): unknown;
  execute(statement: string, parameters: unknown[]): unknown;
}

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

function toError(payload: unknown): Variant {
  const { tag, val } = payload as Variant;
  return { tag: tag === "other" ? "other-error" : tag, val };
}

/** The import modules `outbound-pg` and `outbound-mysql`: each call names the address. */
export function spin1Database({ Connection }: Database): HostFunctions {
  const connected = async (address: string, use: (connection: Connection) => unknown): Promise<unknown> => {
    const connection = await Connection.open(address);
    try {
      return await use(connection);
    } finally {
      connection[Symbol.dispose]?.();
    }
  };
  const parameters = [string, string, list(parameter)] as const;
  return {
    query: fallible(parameters, result(rowSet, error), toError, (address, statement, values) =>
      connected(address, (connection) => connection.query(statement, values)),
    ),
    execute: fallible(parameters, result(u64, error), toError, (address, statement, values) =>
      connected(address, (connection) => connection.execute(statement, values)),
    ),
  };
}
