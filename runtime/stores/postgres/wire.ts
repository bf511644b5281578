/** The messages of the Postgres protocol 3.0 that a statement needs ("Extended Query" and "Message Formats" in its manual). */
import { Reader, Writer } from "./bytes.ts";

function message(type: string, body: Writer = new Writer()): Uint8Array {
  const bytes = body.done;
  return new Writer()
    .text(type)
    .int32(bytes.byteLength + 4)
    .bytes(bytes).done;
}

const sync = message("S");

/** Has the statement read, and asks for the types of its parameters and columns. It is the unnamed one. */
export function prepare(sql: string): Uint8Array {
  return new Writer()
    .bytes(message("P", new Writer().cString("").cString(sql).int16(0)))
    .bytes(message("D", new Writer().text("S").cString("")))
    .bytes(sync).done;
}

/** Runs the prepared statement. Parameters and columns are in the binary format. */
export function execute(params: readonly (Uint8Array | undefined)[]): Uint8Array {
  const bind = new Writer().cString("").cString("").int16(1).int16(1).int16(params.length);
  for (const param of params) bind.sized(param);
  bind.int16(1).int16(1);
  return new Writer()
    .bytes(message("B", bind))
    .bytes(message("E", new Writer().cString("").int32(0)))
    .bytes(sync).done;
}

/** Statements without parameters whose rows nobody wants. */
export function simpleQuery(sql: string): Uint8Array {
  return message("Q", new Writer().cString(sql));
}

/** `idle`, in a `transaction`, or in one that has `failed`, in which Postgres takes nothing but its end. */
export type TransactionStatus = "idle" | "transaction" | "failed";

/** The fields of an error, by the letters of the protocol ("Error and Notice Message Fields"). */
export type ErrorFields = ReadonlyMap<string, string>;

export interface Reply {
  /** Types of the parameters. */
  params: number[];
  columns: { name: string; type: number }[];
  rows: (Uint8Array | undefined)[][];
  /** Of the statement: `INSERT 0 5`. */
  commandTag: string;
  error: ErrorFields | undefined;
  status: TransactionStatus;
  /** Whether Postgres wanted to copy a file to or from the client. */
  isCopy: boolean;
  /** Whether it says how the statement ended. If it does not, Postgres broke down at it. */
  isWhole: boolean;
}

/** Messages of which one is the last word on a statement: it was read, has run, was empty, or failed. */
const ends = "1CIE";

const statuses: Readonly<Record<string, TransactionStatus>> = { I: "idle", T: "transaction", E: "failed" };

/** What Postgres answered. Values are views into `bytes`. */
export function readReply(bytes: Uint8Array): Reply {
  const reply: Reply = {
    params: [],
    columns: [],
    rows: [],
    commandTag: "",
    error: undefined,
    status: "idle",
    isCopy: false,
    isWhole: false,
  };
  const messages = new Reader(bytes);
  while (messages.left > 0) {
    const type = String.fromCharCode(messages.int8());
    const body = new Reader(messages.bytes(messages.int32() - 4));
    reply.isWhole ||= ends.includes(type);
    if (type === "t") reply.params = repeat(body.int16(), () => body.uint32());
    else if (type === "T") reply.columns = repeat(body.int16(), () => readColumn(body));
    else if (type === "D") reply.rows.push(repeat(body.int16(), () => body.sized()));
    else if (type === "C") reply.commandTag = body.cString();
    else if (type === "H" || type === "G") reply.isCopy = true;
    else if (type === "E") reply.error ??= readFields(body);
    else if (type === "Z") reply.status = statuses[String.fromCharCode(body.int8())] ?? "idle";
  }
  return reply;
}

/** `RowDescription`: name, table, column, type, its size, its modifier, the format. */
function readColumn(body: Reader): { name: string; type: number } {
  const name = body.cString();
  body.bytes(6);
  const type = body.uint32();
  body.bytes(8);
  return { name, type };
}

function readFields(body: Reader): ErrorFields {
  const fields = new Map<string, string>();
  for (let code = body.int8(); code !== 0; code = body.int8()) fields.set(String.fromCharCode(code), body.cString());
  return fields;
}

function repeat<T>(count: number, read: () => T): T[] {
  return Array.from({ length: count }, read);
}
