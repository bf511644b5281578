import type { PostgresConnection } from "../stores/postgres/postgres-databases.ts";
import { type ParameterValue, type PostgresError, PostgresFailure, type RowSet } from "../stores/postgres/values.ts";
import type { InstanceContext } from "./context.ts";
import { addressDenial } from "./fermyon-spin-denials.ts";
import { WitError } from "./wit-error.ts";

/** What one of the interfaces makes of the values and errors of `spin:postgres@4.0.0`, of which all others are subsets. */
export interface PostgresFace<Rows> {
  toRowSet: (rowSet: RowSet) => Rows;
  toError: (error: PostgresError) => unknown;
}

/** The older interfaces have unsigned numbers, which Spin refuses. */
export type AnyParameter = ParameterValue | { tag: "uint8" | "uint16" | "uint32" | "uint64"; val: number | bigint };

/** Connections that one instance may have open. */
const maxConnections = 256;

/** The resource `connection` of one of the Postgres interfaces, as jco wants it. */
export function postgresConnection<Rows>(context: InstanceContext, { toRowSet, toError }: PostgresFace<Rows>) {
  let open = 0;

  const awaiting = async <T>(wait: Promise<T>): Promise<T> => {
    try {
      return await context.suspending(wait);
    } catch (error) {
      if (!(error instanceof PostgresFailure)) throw error;
      throw new WitError(toError(error.error));
    }
  };
  const refuse = (tag: "connection-failed" | "value-conversion-failed", val: string): never => {
    throw new WitError(toError({ tag, val }));
  };

  return class Connection {
    readonly #connection: PostgresConnection;
    #isOpen = true;

    private constructor(connection: PostgresConnection) {
      this.#connection = connection;
      // A guest need not drop what it has opened, and an open transaction would hold the database.
      context.signal.addEventListener("abort", () => this[Symbol.dispose]());
    }

    static async open(address: string): Promise<Connection> {
      const denial = addressDenial(context, "postgres", address);
      if (denial !== undefined) throw new WitError(denial);
      if (open >= maxConnections) refuse("connection-failed", "too many connections");
      open += 1;
      try {
        const told = {
          notice: (text: string): void => context.notice(text),
          noticeOnce: (text: string): void => context.noticeOnce(text),
        };
        const connection = new Connection(await awaiting(context.backEnds.postgres.connect(address, told)));
        // The request may have ended meanwhile.
        if (context.signal.aborted) connection[Symbol.dispose]();
        return connection;
      } catch (error) {
        open -= 1;
        throw error;
      }
    }

    async query(statement: string, params: AnyParameter[]): Promise<Rows> {
      return toRowSet(await awaiting(this.#connection.query(statement, params.map(signed))));
    }

    execute(statement: string, params: AnyParameter[]): Promise<bigint> {
      return awaiting(this.#connection.execute(statement, params.map(signed)));
    }

    [Symbol.dispose](): void {
      if (!this.#isOpen) return;
      this.#isOpen = false;
      open -= 1;
      this.#connection.close();
    }
  };

  function signed(value: AnyParameter): ParameterValue {
    if (isUnsigned(value)) return refuse("value-conversion-failed", "Postgres does not support unsigned integers");
    return value;
  }
}

function isUnsigned(value: AnyParameter): value is Exclude<AnyParameter, ParameterValue> {
  return value.tag.startsWith("uint");
}
