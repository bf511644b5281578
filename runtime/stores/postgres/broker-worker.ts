/** The worker that keeps the databases of an engine apart from the thread that draws the studio. It has no Postgres itself. */
import type { SupervisorToPostgres } from "../../protocol.ts";
import { acquireOnOrigin } from "../sqlite/acquire.ts";
import { Broker } from "./broker.ts";
import { Database, lockName } from "./database.ts";

const supervisor = globalThis as unknown as {
  addEventListener(type: "message", listener: (event: MessageEvent<SupervisorToPostgres>) => void): void;
};

/** On it, tabs tell one another which data they wait for. */
const others = new BroadcastChannel("spin-playground-postgres");

const broker = new Broker(
  (name) =>
    new Database({
      name,
      spawn: () => new Worker(new URL("./database-worker.ts", import.meta.url), { type: "module", name: "postgres" }),
      acquire: acquireOnOrigin,
      askOthers: () => others.postMessage(name),
      async isWanted() {
        const { pending = [] } = await navigator.locks.query();
        return pending.some((lock) => lock.name === lockName(name));
      },
    }),
);
others.addEventListener("message", ({ data }: MessageEvent<string>) => broker.handOver(data));

supervisor.addEventListener("message", ({ data }) => {
  if (data.type === "connect") broker.connect(data.workerId, data.port);
  else broker.drop(data.workerId);
});
