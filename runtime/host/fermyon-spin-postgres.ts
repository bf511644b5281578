import type { InstanceContext } from "./context.ts";
import { postgresConnection } from "./postgres-connection.ts";
import { basicValues, subsetFace } from "./postgres-subset.ts";

/** `fermyon:spin/postgres@2.0.0`; its types are those of `rdbms-types`. */
export function fermyonSpinPostgres(context: InstanceContext) {
  return { Connection: postgresConnection(context, subsetFace(basicValues)) };
}
