import type { RowSet } from "../stores/postgres/values.ts";
import type { InstanceContext } from "./context.ts";
import type { HostInterfaces } from "./host-interface.ts";
import { type PostgresFace, postgresConnection } from "./postgres-connection.ts";
import { basicValues, subsetFace } from "./postgres-subset.ts";

const version3 = subsetFace(new Set([...basicValues, "date", "time", "datetime", "timestamp"]));
const version4: PostgresFace<RowSet> = { toRowSet: (rowSet) => rowSet, toError: (error) => error };

/** `spin:postgres/postgres@3.0.0`: days and times beside what `fermyon:spin` has. */
export function spinPostgres3(context: InstanceContext) {
  return { Connection: postgresConnection(context, version3) };
}

/** `spin:postgres/postgres@4.0.0`, and the builder of 4.1.0. The functions of 4.2.0 that are asynchronous need WASI 0.3. */
export function spinPostgres4(context: InstanceContext) {
  const Connection = postgresConnection(context, version4);

  class ConnectionBuilder {
    readonly #address: string;

    constructor(address: string) {
      this.#address = address;
    }

    /** There is no TLS inside of a tab, so no certificate is looked at. */
    setCaRoot(_certificate: string): void {}

    build(): ReturnType<typeof Connection.open> {
      return Connection.open(this.#address);
    }
  }

  return { Connection, ConnectionBuilder };
}

export const spinPostgres: HostInterfaces = {
  "spin:postgres/postgres@3": spinPostgres3,
  "spin:postgres/postgres@4": spinPostgres4,
};
