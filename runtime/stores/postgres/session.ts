import { toDbError } from "./db-error.ts";
import { toDataType, toDbValue } from "./from-postgres.ts";
import { type Parameter, toParameter } from "./to-postgres.ts";
import { shownType, typeName } from "./types.ts";
import { Writer } from "./bytes.ts";
import { failedQuery, type ParameterValue, type PostgresError, PostgresFailure, type RowSet } from "./values.ts";
import { execute, prepare, readReply, type Reply, simpleQuery, type TransactionStatus } from "./wire.ts";

/** Gives messages of the protocol to Postgres, and returns all that it answers. */
export type Exchange = (messages: Uint8Array) => Promise<Uint8Array>;

export interface Statement {
  sql: string;
  params: ParameterValue[];
  /** `execute` wants no rows. */
  kind: "query" | "execute";
}

export interface Outcome {
  result: { ok: true; rowSet: RowSet; affected: bigint } | { ok: false; error: PostgresError };
  /** After the statement. */
  status: TransactionStatus;
  /** What Postgres says it did, as `INSERT`; empty when it failed. */
  command: string;
}

/** `MAX_HOST_BUFFERED_BYTES` of Spin: what a component may get as one answer. */
export const resultLimit = 128 * 1024 * 1024;

/** There is nowhere to copy from, and PGlite would break down in the search. */
const copyFromClient = /^\s*copy\b[^]*\bfrom\s+stdin\b/i;
const unexpectedMessage = failedQuery("Error { kind: UnexpectedMessage, cause: None }");

/** The one session of a Postgres: runs statements as Spin's driver does, with the errors that Spin makes of its. */
export class Session {
  readonly #exchange: Exchange;
  readonly #typeNames = new Map<number, string>();
  #status: TransactionStatus = "idle";

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** Rejects if Postgres breaks down, after which it is of no more use. */
  async run(statement: Statement): Promise<Outcome> {
    let command = "";
    try {
      const reply = await this.#run(statement);
      command = reply.commandTag.replace(/[ \d]+$/, "");
      const rowSet = statement.kind === "query" ? await this.#rowSet(reply) : { columns: [], rows: [] };
      const affected = BigInt(/\d+$/.exec(reply.commandTag)?.[0] ?? 0);
      return { result: { ok: true, rowSet, affected }, status: this.#status, command };
    } catch (error) {
      if (!(error instanceof PostgresFailure)) throw error;
      return { result: { ok: false, error: error.error }, status: this.#status, command };
    }
  }

  /** Ends an open transaction, and with `all` takes back everything that a connection may have set up for itself. */
  async reset(all: boolean): Promise<void> {
    if (this.#status !== "idle") await this.#ask(simpleQuery("ROLLBACK"));
    if (all) await this.#ask(simpleQuery("DISCARD ALL"));
  }

  async #run({ sql, params, kind }: Statement): Promise<Reply> {
    const parameters = params.map((value) => readParameter(value, kind));
    if (copyFromClient.test(sql)) throw new PostgresFailure(unexpectedMessage);
    const prepared = await this.#ask(prepare(sql));
    const expected = prepared.params;
    if (expected.length !== parameters.length) {
      throw new PostgresFailure(
        failedQuery(`Error { kind: Parameters(${parameters.length}, ${expected.length}), cause: None }`),
      );
    }
    const values = [];
    for (const [index, parameter] of parameters.entries()) {
      values.push(await this.#encode(parameter, expected[index] ?? 0, index));
    }
    const reply = await this.#ask(execute(values));
    if (reply.isCopy) throw new PostgresFailure(unexpectedMessage);
    return { ...reply, columns: prepared.columns };
  }

  async #encode({ accepts, rust, encode }: Parameter, type: number, index: number): Promise<Uint8Array | undefined> {
    const known = typeName(type);
    if (accepts === undefined || (known !== undefined && accepts.includes(known))) return encode(type);
    const shown = shownType(await this.#typeName(type));
    const cause = `WrongType { postgres: ${shown}, rust: ${JSON.stringify(rust)} }`;
    throw new PostgresFailure(failedQuery(`Error { kind: ToSql(${index}), cause: Some(${cause}) }`));
  }

  /** As in Spin, columns are there only if there is a row. */
  async #rowSet({ columns, rows }: Reply): Promise<RowSet> {
    if (rows.length === 0) return { columns: [], rows: [] };
    const shown: RowSet["columns"] = [];
    for (const { name, type } of columns) {
      shown.push({ name, dataType: toDataType(type, await this.#typeName(type)) });
    }
    const read = (bytes: Uint8Array | undefined, index: number) => {
      try {
        return toDbValue(columns[index]?.type ?? 0, bytes);
      } catch (error) {
        const cause = error instanceof Error ? error.message : String(error);
        throw new PostgresFailure(failedQuery(`Error { kind: FromSql(${index}), cause: Some(${cause}) }`));
      }
    };
    return { columns: shown, rows: rows.map((row) => row.map(read)) };
  }

  /** What the database calls a type. Those that Spin does not convert are asked for, once each, as Spin's driver does. */
  async #typeName(type: number): Promise<string> {
    const known = typeName(type) ?? this.#typeNames.get(type);
    if (known !== undefined) return known;
    await this.#ask(prepare("SELECT typname::text FROM pg_catalog.pg_type WHERE oid = $1"));
    const { rows } = await this.#ask(execute([new Writer().int32(type).done]));
    const name = new TextDecoder().decode(rows[0]?.[0] ?? new Uint8Array());
    this.#typeNames.set(type, name);
    return name;
  }

  async #ask(messages: Uint8Array): Promise<Reply> {
    const reply = readReply(await this.#exchange(messages));
    this.#status = reply.status;
    const severity = reply.error?.get("V");
    if (!reply.isWhole || severity === "PANIC" || severity === "FATAL") {
      throw new Error(`Postgres broke down${reply.error ? `: ${reply.error.get("M")}` : ""}.`);
    }
    if (!reply.error) return reply;
    throw new PostgresFailure({ tag: "query-failed", val: { tag: "db-error", val: toDbError(reply.error) } });
  }
}

/** Spin has another error for it in each of the two functions. */
function readParameter(value: ParameterValue, kind: Statement["kind"]): Parameter {
  try {
    return toParameter(value);
  } catch (error) {
    const val = error instanceof Error ? error.message : String(error);
    throw new PostgresFailure({ tag: kind === "query" ? "bad-parameter" : "value-conversion-failed", val });
  }
}
