import { serve } from "../dispatch/responder.ts";
import { defaultLimits } from "../protocol.ts";
import type { Limits, SupervisorToWorker, WorkerToSupervisor } from "../protocol.ts";
import { createIndexedDbKeyValueStores } from "../stores/indexeddb-key-value.ts";
import { createPublisher } from "../stores/published.ts";
import { createIndexedDbDataSets } from "../stores/redis/indexeddb-data-sets.ts";
import { createRedis } from "../stores/redis/redis.ts";
import { createIndexedDbSqliteDatabases } from "../stores/sqlite/indexeddb-sqlite.ts";
import { createPostgresDatabases } from "../stores/postgres/postgres-databases.ts";
import { Admission } from "./admission.ts";
import { expectGlue, loadApplication } from "./application.ts";
import type { LoadedComponent } from "./application.ts";
import { CurrentApplication } from "./current-application.ts";
import { toFailure } from "./failure.ts";
import { GuestTurns } from "./guest-turns.ts";
import { Instances } from "./instances.ts";
import { MountedFiles } from "./mounted-files.ts";
import { createRunner } from "./runner.ts";
import { whenIdle } from "./when-idle.ts";

/**
 * The instance worker: holds one application, and answers every request with a fresh instance of a component. It knows
 * nothing of other workers; the supervisor gives it applications and ports, and watches that it stays responsive.
 */
const current = new CurrentApplication();
let limits: Limits = defaultLimits;

// The DOM typings describe a window's postMessage; this is a dedicated worker's.
const supervisor = globalThis as unknown as {
  postMessage(message: WorkerToSupervisor, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<SupervisorToWorker>) => void): void;
};
const admission = new Admission(admissionLimits(limits));
const publisher = createPublisher();
const instances = new Instances({
  backEnds: {
    publisher,
    keyValue: createIndexedDbKeyValueStores(),
    redis: createRedis(createIndexedDbDataSets({ mostBytes: () => limits.databaseBytes }), publisher),
    sqlite: createIndexedDbSqliteDatabases({
      limits: () => ({ databaseBytes: limits.databaseBytes, statementMs: limits.databaseStatementMs }),
    }),
    postgres: createPostgresDatabases({
      reach: (port) => supervisor.postMessage({ type: "postgres", port }, [port]),
      statementMs: () => limits.databaseStatementMs,
    }),
  },
  limits: () => limits,
  whenIdle,
});
const mountedFiles = new MountedFiles(() => limits.mountedBytes);

const handle = createRunner({
  application: () => current.get(),
  stopped: () => current.stopped,
  limits: () => limits,
  admission,
  instances,
  turns: new GuestTurns((requests) => supervisor.postMessage({ type: "running", requests })),
  emit: (event) => supervisor.postMessage({ type: "event", event }),
});
/** A worker that cannot be asked anything yet, as the spare one, makes no instance ahead: it would hold memories for nothing. */
let isConnected = false;
let components: Iterable<LoadedComponent> = [];

supervisor.addEventListener("message", ({ data }) => {
  if (data.type === "deploy") void deploy(data);
  else if (data.type === "expect-glue") for (const url of data.urls) expectGlue(url);
  else if (data.type === "stop") stop(data.reason);
  else if (data.type === "configure") configure(data.limits);
  else if (data.type === "connect") connect(data);
  else if (data.type === "flush") supervisor.postMessage({ type: "flushed", flush: data.flush });
  else supervisor.postMessage({ type: "pong", sequence: data.sequence });
});
supervisor.postMessage({ type: "ready" });

/** Requests that have begun keep the application they began with: they hold it by reference. */
async function deploy(message: Extract<SupervisorToWorker, { type: "deploy" }>): Promise<void> {
  const { deploymentId } = message;
  configure(message.limits);
  try {
    const application = await current.load(loadApplication(message.application, mountedFiles));
    supervisor.postMessage({ type: "deployed", deploymentId });
    expect([...application.components.values()]);
  } catch (error) {
    const { code, message: text } = toFailure(error);
    supervisor.postMessage({ type: "deploy-failed", deploymentId, code, message: text });
  }
}

function stop(reason: string): void {
  current.stop(reason);
  expect([]);
}

function connect({ connection, port }: Extract<SupervisorToWorker, { type: "connect" }>): void {
  serve(port, (request, signal, id) => handle(request, signal, { connection, id }));
  if (isConnected) return;
  isConnected = true;
  expect(components);
}

function expect(next: Iterable<LoadedComponent>): void {
  components = next;
  if (isConnected) instances.expect(next);
}

function configure(next: Limits): void {
  limits = next;
  admission.configure(admissionLimits(next));
}

function admissionLimits({ liveInstances, queuedRequests }: Limits): { live: number; waiting: number } {
  return { live: liveInstances, waiting: queuedRequests };
}
