/** The broker and its clients, joined by real ports, over databases that only note what is asked of them. */
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { Broker } from "./broker.ts";
import { loadedMegabytes, PostgresClient } from "./client.ts";
import type { Connection, Database } from "./database.ts";
import type { Outcome, Statement } from "./session.ts";
import { failedQuery, PostgresFailure } from "./values.ts";

function startBroker({ refuse }: { refuse?: string } = {}) {
  const spawned: string[] = [];
  const log: string[] = [];
  const handedOver: string[] = [];
  const broker = new Broker((name) => {
    spawned.push(name);
    const connection = {
      async run({ sql }: Statement, limitMs: number): Promise<Outcome["result"]> {
        log.push(`${sql} within ${limitMs}`);
        if (sql === "wrong") return { ok: false, error: failedQuery("It is wrong.") };
        return { ok: true, rowSet: { columns: [], rows: [[{ tag: "str", val: sql }]] }, affected: 3n };
      },
      close: () => log.push("close"),
    };
    const database = {
      async connect(_limitMs: number, onStarting: () => void) {
        if (refuse !== undefined) throw new PostgresFailure({ tag: "connection-failed", val: refuse });
        onStarting();
        return connection as unknown as Connection;
      },
      handOver: () => handedOver.push(name),
    };
    return database as unknown as Database;
  });
  let workers = 0;
  const startClient = () => {
    const id = (workers += 1);
    const notices: string[] = [];
    const client = new PostgresClient({ reach: (port) => broker.connect(id, port), statementMs: () => 700 });
    const notice = (text: string) => void notices.push(text.slice(0, text.indexOf(" is ")));
    return { client, notices, notice, noticeOnce: notice };
  };
  return { broker, spawned, log, handedOver, startClient };
}

test("two workers share the databases, by address", async () => {
  const { spawned, startClient } = startBroker();
  const [one, two] = [startClient(), startClient()];
  await one.client.connect("postgres://db/shop", one);
  await two.client.connect("host=db user=me dbname=shop", two);
  await two.client.connect("postgres://db:5433/sh_o/p", two);
  expect(spawned).toEqual(["db_5432_shop", "db_5433_sh_o%2Fp"]);
});

test("a connection runs statements, and fails as the database does", async () => {
  const { log, startClient } = startBroker();
  const { client, ...told } = startClient();
  const connection = await client.connect("postgres://db", told);
  expect((await connection.query("one", [])).rows).toEqual([[{ tag: "str", val: "one" }]]);
  expect(await connection.execute("two", [])).toBe(3n);
  await expect(connection.query("wrong", [])).rejects.toMatchObject({ error: failedQuery("It is wrong.") });
  connection.close();
  await vi.waitFor(() => expect(log).toEqual(["one within 700", "two within 700", "wrong within 700", "close"]));
});

test("a connection that is refused has no more to it", async () => {
  const { startClient } = startBroker({ refuse: "It is down." });
  const { client, ...told } = startClient();
  await expect(client.connect("postgres://db", told)).rejects.toMatchObject({
    error: { tag: "connection-failed", val: "It is down." },
  });
});

test("the log hears what plays a server, without secrets, and that it is started", async () => {
  const { startClient } = startBroker();
  const { client, notices, ...told } = startClient();
  await client.connect("postgres://me:secret@db/shop", told);
  expect(notices).toEqual(["postgres://db:5432/shop", "Postgres"]);
});

test("connections of a worker that was ended are closed, and no others", async () => {
  const { broker, log, startClient } = startBroker();
  const [one, two] = [startClient(), startClient()];
  await one.client.connect("postgres://db", one);
  await one.client.connect("postgres://db", one);
  await two.client.connect("postgres://db", two);
  broker.drop(1);
  expect(log).toEqual(["close", "close"]);
});

test("another tab gets the data it asks for, if it is known here", async () => {
  const { broker, handedOver, startClient } = startBroker();
  const { client, ...told } = startClient();
  await client.connect("postgres://db/shop", told);
  broker.handOver("db_5432_other");
  broker.handOver("db_5432_shop");
  expect(handedOver).toEqual(["db_5432_shop"]);
});

test("the size that the log tells is that of PGlite's files", () => {
  const folder = dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite"));
  const sizes = ["pglite.wasm", "pglite.data", "initdb.wasm"].map((file) => statSync(join(folder, file)).size);
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  expect(Math.round(megabytes)).toBe(loadedMegabytes.files);
});
