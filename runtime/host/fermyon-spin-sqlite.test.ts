import { describe, expect, it } from "vitest";
import { PlaygroundError } from "../errors.ts";
import { testBackEnds } from "../stores/back-ends-for-tests.ts";
import { SqliteFailure, type SqliteConnection, type SqliteValue } from "../stores/sqlite/sqlite-databases.ts";
import { fermyonSpinSqlite } from "./fermyon-spin-sqlite.ts";
import { spinTestContext, witErrorOf } from "./fermyon-spin-test-context.ts";

const metadata = { databases: ["default", "logs"] };

/** A back end that answers each statement with its parameters as a row, and notes what is closed. */
function echo(parts: Partial<SqliteConnection> = {}) {
  const events: string[] = [];
  const sqlite = {
    connect(label: string): SqliteConnection {
      events.push(`connect ${label}`);
      return {
        execute: (sql, values) => {
          events.push(sql);
          return Promise.resolve({ columns: values.map((_, index) => `c${index}`), rows: [[...values]] });
        },
        changes: () => 2n,
        lastInsertRowid: () => 7n,
        close: () => void events.push(`close ${label}`),
        ...parts,
      };
    },
  };
  return { backEnds: testBackEnds({ sqlite }), events };
}

describe("fermyon:spin/sqlite", () => {
  it("gives parameters and values over in the form of the interface", async () => {
    const { backEnds, events } = echo();
    const { Connection } = fermyonSpinSqlite(spinTestContext({ metadata, backEnds }));
    const values = [
      { tag: "integer" as const, val: 5n },
      { tag: "real" as const, val: 0.5 },
      { tag: "text" as const, val: "t" },
      { tag: "blob" as const, val: Uint8Array.of(1) },
      { tag: "null" as const },
    ];
    const connection = Connection.open("default");
    expect(await connection.execute("SELECT", values)).toEqual({
      columns: ["c0", "c1", "c2", "c3", "c4"],
      rows: [{ values }],
    });
    expect([connection.changes(), connection.lastInsertRowid()]).toEqual([2n, 7n]);
    expect(events).toEqual(["connect default", "SELECT"]);
  });

  it("denies a label that the manifest does not grant, before it looks whether there is such a database", async () => {
    const context = spinTestContext({ metadata: {} });
    const { Connection } = fermyonSpinSqlite(context);
    expect(await witErrorOf(() => Connection.open("default"))).toEqual({ tag: "access-denied" });
    expect(await witErrorOf(() => Connection.open("nothing"))).toEqual({ tag: "access-denied" });
    expect(context.storesDenied).toEqual([
      ["default", true],
      ["nothing", false],
    ]);
  });

  it("knows no database behind a granted label without a back end", async () => {
    const { Connection } = fermyonSpinSqlite(spinTestContext({ metadata }));
    expect(await witErrorOf(() => Connection.open("logs"))).toEqual({ tag: "no-such-database" });
  });

  it.each([
    ["SQLite's words", new SqliteFailure("no such table: t"), { tag: "io", val: "no such table: t" }],
    ["what the browser refused", new PlaygroundError("store-unavailable", "no room"), { tag: "io", val: "no room" }],
  ])("tells the guest %s", async (_, error, expected) => {
    const { backEnds } = echo({ execute: () => Promise.reject(error) });
    const connection = fermyonSpinSqlite(spinTestContext({ metadata, backEnds })).Connection.open("default");
    expect(await witErrorOf(() => connection.execute("SELECT", []))).toEqual(expected);
  });

  it("passes a fault of its own on", async () => {
    const { backEnds } = echo({ execute: () => Promise.reject(new TypeError("bug")) });
    const connection = fermyonSpinSqlite(spinTestContext({ metadata, backEnds })).Connection.open("default");
    await expect(connection.execute("SELECT", [])).rejects.toThrow(new TypeError("bug"));
  });

  it("closes a connection once, when it is dropped or when the request ends", () => {
    const { backEnds, events } = echo();
    const context = spinTestContext({ metadata, backEnds });
    const { Connection } = fermyonSpinSqlite(context);
    Connection.open("default")[Symbol.dispose]();
    Connection.open("default");
    context.end();
    expect(events).toEqual(["connect default", "close default", "connect default", "close default"]);
  });

  it("opens 256 connections at a time, and no more", async () => {
    const { backEnds } = echo();
    const { Connection } = fermyonSpinSqlite(spinTestContext({ metadata, backEnds }));
    const connections = Array.from({ length: 256 }, () => Connection.open("default"));
    expect(await witErrorOf(() => Connection.open("default"))).toEqual({
      tag: "io",
      val: "too many connections opened",
    });
    connections[0]?.[Symbol.dispose]();
    expect(() => Connection.open("default")).not.toThrow();
  });

  it("waits through the context, so that the engine knows of the wait", async () => {
    const { backEnds } = echo();
    const context = spinTestContext({ metadata, backEnds });
    const values: SqliteValue[] = [];
    await fermyonSpinSqlite(context)
      .Connection.open("default")
      .execute("SELECT", values as never);
    expect(context.suspensions).toBe(1);
  });
});
