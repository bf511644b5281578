/** The thread of one Postgres: PGlite, its files in IndexedDB of this origin. Nothing else loads PGlite. */
import { PGlite } from "@electric-sql/pglite";
import type { BrokerToDatabase, DatabaseToBroker } from "../../protocol.ts";
import { resultLimit, Session } from "./session.ts";
import { PostgresFailure, failedQuery } from "./values.ts";

const broker = globalThis as unknown as {
  postMessage(message: DatabaseToBroker): void;
  addEventListener(type: "message", listener: (event: MessageEvent<BrokerToDatabase>) => void): void;
};

/** Commands that change no data, as far as one can tell: what a function in them changes is stored a moment later. */
const reading: ReadonlySet<string> = new Set([
  "",
  "SELECT",
  "SHOW",
  "FETCH",
  "EXPLAIN",
  "BEGIN",
  "ROLLBACK",
  "SET",
  "RESET",
]);

let postgres: PGlite | undefined;
let session: Session | undefined;

broker.addEventListener("message", ({ data }) => {
  answer(data).then(
    (message) => broker.postMessage(message),
    (error: unknown) =>
      broker.postMessage({ type: "broken", reason: error instanceof Error ? error.message : String(error) }),
  );
});

async function answer(message: BrokerToDatabase): Promise<DatabaseToBroker> {
  if (message.type === "open") {
    // Files are stored whole: with segments of 16 MB, the default, each commit would store as much.
    postgres = await PGlite.create(`idb://${message.name}`, { initDbStartParams: ["--wal-segsize=1"] });
    session = new Session(exchange);
    return { type: "done" };
  }
  if (!postgres || !session) throw new Error("Postgres has not been started.");
  if (message.type === "reset") await session.reset(message.all);
  else if (message.type === "close") await postgres.close();
  else {
    const outcome = await session.run(message.statement);
    if (outcome.status === "idle") await store(postgres, !reading.has(outcome.command));
    return { type: "outcome", outcome };
  }
  return { type: "done" };
}

/** What was committed is on the disk before the component hears of it. */
async function store(database: PGlite, isAwaited: boolean): Promise<void> {
  const stored = database.syncToFs();
  if (isAwaited) await stored;
  else
    stored.catch((error: unknown) =>
      broker.postMessage({ type: "broken", reason: `Postgres could not store its data: ${String(error)}` }),
    );
}

/** The bytes of an answer that is too large are not kept; Postgres runs the statement to its end all the same. */
async function exchange(messages: Uint8Array): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  await postgres?.execProtocolRawStream(messages, {
    syncToFs: false,
    onRawData(chunk) {
      length += chunk.byteLength;
      // A copy: the chunk is memory of Postgres.
      if (length <= resultLimit) chunks.push(chunk.slice());
    },
  });
  if (length > resultLimit) {
    throw new PostgresFailure(failedQuery(`query result exceeds limit of ${resultLimit} bytes`));
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
