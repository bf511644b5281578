import { inOldTerms } from "./old-terms.ts";
import { type Connecting, withConnection } from "./one-connection.ts";

/** A connection of `fermyon:spin/postgres@2` or `fermyon:spin/mysql@2`; values are those of then. */
interface Connection extends Partial<Disposable> {
  query(statement: string, parameters: unknown[]): unknown;
  execute(statement: string, parameters: unknown[]): unknown;
}

/** The error of `rdbms-types`, of which one case has another name today. */
function toError(payload: unknown): { tag: string; val?: string } {
  const today = payload as { tag: string; val?: string };
  return today.tag === "other" ? { ...today, tag: "other-error" } : today;
}

/** `fermyon:spin/postgres` and `fermyon:spin/mysql`: each call names the address. */
export function spin1Database(database: Connecting<Connection>) {
  const ask = (address: string, use: (connection: Connection) => unknown): Promise<unknown> =>
    inOldTerms(toError, () => withConnection(database, address, use));
  return {
    query: (address: string, statement: string, values: unknown[]) => ask(address, (it) => it.query(statement, values)),
    execute: (address: string, statement: string, values: unknown[]) =>
      ask(address, (it) => it.execute(statement, values)),
  };
}
