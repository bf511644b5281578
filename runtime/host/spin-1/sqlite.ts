import { WitError } from "../wit-error.ts";
import { Handles } from "./handles.ts";
import type { Connecting } from "./one-connection.ts";

/** A connection of `fermyon:spin/sqlite@2`; values and results are those of then. */
interface Connection extends Partial<Disposable> {
  execute(statement: string, parameters: unknown[]): Promise<unknown>;
}

/** `fermyon:spin/sqlite` (Spin 1.3): connections are numbers. The errors are those of today. */
export function spin1Sqlite({ Connection }: Connecting<Connection>) {
  const connections = new Handles<Connection>();
  const opened = (handle: number): Connection => {
    const connection = connections.get(handle);
    if (connection === undefined) throw new WitError({ tag: "invalid-connection" });
    return connection;
  };
  return {
    open: async (label: string) => connections.add(await Connection.open(label)),
    execute: async (connection: number, statement: string, values: unknown[]) =>
      opened(connection).execute(statement, values),
    close: (connection: number) => connections.close(connection)?.[Symbol.dispose]?.(),
  };
}
