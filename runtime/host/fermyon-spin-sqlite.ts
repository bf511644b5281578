import { PlaygroundError } from "../errors.ts";
import { SqliteFailure, type SqliteConnection, type SqliteValue } from "../stores/sqlite/sqlite-databases.ts";
import type { InstanceContext } from "./context.ts";
import { WitError } from "./wit-error.ts";

/** The error of `fermyon:spin/sqlite@2.0.0`; `invalid-connection` and `database-full` are not used by Spin either. */
type SqliteError = { tag: "no-such-database" } | { tag: "access-denied" } | { tag: "io"; val: string };

/** The variant `value` as jco has it. */
type Value =
  | { tag: "integer"; val: bigint }
  | { tag: "real"; val: number }
  | { tag: "text"; val: string }
  | { tag: "blob"; val: Uint8Array }
  | { tag: "null" };

/** Connections that one instance may have open, as in Spin. */
const maxConnections = 256;

/**
 * `fermyon:spin/sqlite@2.0.0`, and `spin:sqlite/sqlite@3.0.0`, whose connections have two getters more. What goes wrong in
 * SQLite, or when the browser refuses to keep data, is `io(text)`, as in Spin.
 */
export function fermyonSpinSqlite(context: InstanceContext) {
  const databases = context.backEnds.sqlite;
  let open = 0;

  class Connection {
    readonly #connection: SqliteConnection;
    #isOpen = true;

    private constructor(label: string) {
      this.#connection = databases.connect(label);
      open += 1;
      // A guest need not drop what it has opened, and an open transaction would hold the database.
      context.signal.addEventListener("abort", () => this[Symbol.dispose]());
    }

    static open(label: string): Connection {
      checkDatabaseAccess(context, label);
      if (open >= maxConnections) throw new WitError<SqliteError>({ tag: "io", val: "too many connections opened" });
      return new Connection(label);
    }

    async execute(statement: string, parameters: Value[]): Promise<{ columns: string[]; rows: { values: Value[] }[] }> {
      const values = parameters.map(toSqlite);
      const { columns, rows } = await awaitDatabase(
        context,
        this.#connection.execute(statement, values, context.signal),
      );
      return { columns, rows: rows.map((row) => ({ values: row.map(fromSqlite) })) };
    }

    lastInsertRowid(): bigint {
      return this.#connection.lastInsertRowid();
    }

    changes(): bigint {
      return this.#connection.changes();
    }

    [Symbol.dispose](): void {
      if (!this.#isOpen) return;
      this.#isOpen = false;
      open -= 1;
      this.#connection.close();
    }
  }

  return { Connection };
}

/** As in Spin the manifest decides first, so that a component cannot find out which other databases exist. */
function checkDatabaseAccess(context: InstanceContext, label: string): void {
  const isBacked = context.backedDatabases.includes(label);
  if (context.component.metadata.databases?.includes(label) !== true) {
    context.storeDenied("sqlite_databases", label, isBacked);
    throw new WitError<SqliteError>({ tag: "access-denied" });
  }
  if (!isBacked) throw new WitError<SqliteError>({ tag: "no-such-database" });
}

/** A fault of the playground itself is passed on and ends the instance. */
async function awaitDatabase<T>(context: InstanceContext, wait: Promise<T>): Promise<T> {
  try {
    return await context.suspending(wait);
  } catch (error) {
    const isRefused = error instanceof PlaygroundError && error.code === "store-unavailable";
    if (!isRefused && !(error instanceof SqliteFailure)) throw error;
    throw new WitError<SqliteError>({ tag: "io", val: error.message });
  }
}

function toSqlite(value: Value): SqliteValue {
  return value.tag === "null" ? null : value.val;
}

function fromSqlite(value: SqliteValue): Value {
  if (value === null) return { tag: "null" };
  if (typeof value === "bigint") return { tag: "integer", val: value };
  if (typeof value === "number") return { tag: "real", val: value };
  if (typeof value === "string") return { tag: "text", val: value };
  return { tag: "blob", val: value };
}
