import { transfer } from "comlink";
import { recallDeployment } from "../component/component-cache.ts";
import type { DatedDeployment, StoredDeployment } from "../component/component-cache.ts";
import { PlaygroundError } from "../errors.ts";
import { defaultLimits } from "../protocol.ts";
import type { Deployment, EngineApi, EngineEvent, EngineMessage, Limits, Routes } from "../protocol.ts";
import { buildRoutes } from "../routing/routes.ts";
import { createIndexedDbKeyValueStores } from "../stores/indexeddb-key-value.ts";
import { download } from "./download.ts";
import { Announcements } from "./announcements.ts";
import { Forwarder } from "./forwarder.ts";
import { LastDeployment } from "./last-deployment.ts";
import { Pool } from "./pool.ts";
import { Postgres } from "./postgres.ts";
import { Preparer } from "./preparer.ts";
import { ServiceWorkerLink } from "./service-worker-link.ts";

export interface Engine {
  readonly api: EngineApi;
  /** Settles (never rejects) when it is known what ran last, and its start has been given to the workers. */
  readonly begun: Promise<void>;
}

const stoppedReason = "The application was stopped.";

export interface EngineOptions {
  /** No studio commands this engine: it runs what the origin ran last, and follows what the origin's other engines do. */
  isStandalone: boolean;
}

/**
 * The engine of one application origin: deploys, watches, and hands out ways in. Everything slow happens in workers; this
 * runs on the engine page's main thread.
 */
export function createEngine({ isStandalone }: EngineOptions): Engine {
  const subscribers = new Set<MessagePort>();
  const forwarders: Forwarder[] = [];
  const tell = (message: EngineMessage): void => subscribers.forEach((port) => port.postMessage(message));
  const emit = (event: EngineEvent): void => tell(event);
  const link = new ServiceWorkerLink({ isStandalone, onEvent: emit });
  const announcements = new Announcements();
  const last = new LastDeployment(announcements);
  const preparer = new Preparer();
  const postgres = new Postgres();
  const keyValue = createIndexedDbKeyValueStores();
  keyValue.watch(({ store, key }) => emit({ type: "key-value", store, key }));

  let limits: Limits = defaultLimits;
  const pool = new Pool(limits, {
    spawn: () => new Worker(new URL("../instance/worker.ts", import.meta.url), { type: "module", name: "instance" }),
    onEvent: emit,
    onPostgres: (workerId, port) => postgres.connect(workerId, port),
    onWorker: (worker) => link.offer(worker),
    onWorkerGone: (workerId, reason, running) => {
      link.withdraw(workerId, reason, running);
      postgres.drop(workerId);
      for (const forwarder of forwarders) forwarder.drop(workerId, reason, running);
      emit({ type: "state", state: "running", reason });
    },
    onSettled() {
      preparer.expect(glueToCome).catch(() => {
        // The build that needs it tries again, and reports the failure.
      });
    },
  });

  /** Newer deployments overtake older ones: an older one that is still preparing is dropped. */
  let newest = 0;
  let isRunning = false;
  let glueToCome: Deployment["prebuiltGlue"] = {};
  const expectGlue = ({ prebuiltGlue }: Deployment): void => {
    glueToCome = prebuiltGlue;
    pool.expectGlue(Object.values(prebuiltGlue).map(({ glue }) => glue));
  };
  const start = async ({ deployment, since }: DatedDeployment, order: number): Promise<Routes> => {
    const requireNewest = (): void => {
      if (order !== newest)
        throw new PlaygroundError("build-superseded", "A newer deployment came; this one was dropped.");
    };
    const application = await preparer.prepare(deployment);
    requireNewest();
    await pool.deploy(application);
    // Of two on their way to the workers, the older one may be told of last.
    requireNewest();
    isRunning = true;
    emit({ type: "state", state: "running" });
    link.setSince(since);
    announcements.announce({ type: "running" });
    return buildRoutes(deployment.lockedApp).routes;
  };

  const stop = (reason: string, since: number): void => {
    newest += 1;
    isRunning = false;
    pool.stop(reason);
    link.setSince(since);
    emit({ type: "state", state: "stopped" });
  };

  /** Order of the restored application; 0 while there is none. */
  let restoring = 0;
  let nothing = "No application is running.";
  const recalled = recallDeployment();
  const restored = restoreLast(recalled, async (stored) => {
    // What the studio has asked for meanwhile is newer than what ran last time.
    if (newest > 0) return undefined;
    expectGlue(stored.deployment);
    if (stored.withheld.length > 0) {
      nothing = withheldReason(stored);
      return undefined;
    }
    restoring = ++newest;
    return start(stored, restoring);
  });
  // The workers hold requests back until they know what to answer them with, or that there is nothing.
  void restored.then((routes) => {
    if (routes === undefined && newest === restoring) pool.stop(nothing);
  });
  announcements.onOther((announcement) => {
    if (announcement.type === "running-wanted" && isRunning) announcements.announce({ type: "running" });
    if (!isStandalone) return;
    if (announcement.type === "stored") {
      // Counted from now: a stop that is heard of while the cache is read comes after it.
      const order = ++newest;
      void restoreLast(recallDeployment(), async (stored) => {
        if (stored.withheld.length === 0) return start(stored, order);
        // The older one must not answer in its place.
        if (order === newest) stop(withheldReason(stored), stored.since);
        return undefined;
      });
    } else if (announcement.type === "stopped") stop(stoppedReason, announcement.since);
  });

  const api: EngineApi = {
    async deploy(deployment) {
      const order = ++newest;
      expectGlue(deployment);
      const stored = { deployment, since: Date.now() };
      const missing = await preparer.missing(deployment);
      if (missing.length > 0) return { state: "missing", digests: missing };
      const routes = await start(stored, order);
      void last.remember(stored, () => order === newest);
      return { state: "running", routes };
    },
    restore: () => restored,
    async stop() {
      const since = Date.now();
      stop(stoppedReason, since);
      await last.forget(since);
    },
    async connect(port) {
      forwarders.push(new Forwarder(port, () => pool.workers, emit));
    },
    async subscribe(port) {
      subscribers.add(port);
    },
    async flush(flush) {
      await Promise.all([pool.flush(), link.flush()]);
      tell({ type: "flushed", flush });
    },
    async configure(changes) {
      limits = { ...limits, ...changes };
      pool.configure(limits);
    },
    download: async (url, limit, port) => {
      const bytes = await download({ url, limit, port });
      return transfer(bytes, [bytes]);
    },
    // With what they start, these are for few sessions.
    inspect: async (bytes) => (await import("./inspector.ts")).inspect(bytes),
    print: async (bytes) => (await import("./inspector.ts")).print(bytes),
    keyValueGet: (store, key) => keyValue.get(store, key),
    keyValueSet: (store, key, value) => keyValue.set(store, key, value),
    keyValueDelete: (store, key) => keyValue.delete(store, key),
    keyValueKeys: (store) => keyValue.keys(store),
  };
  // From here on its worker is at it; that it may fail is the restoring's own matter. A worker gets no message before it has
  // started, and this thread has to be free for that.
  const begun = Promise.allSettled([recalled, pool.started]).then(() => undefined);
  return { api, begun };
}

/** Why an engine without a studio does not start what the origin ran last. */
function withheldReason({ withheld }: StoredDeployment): string {
  return (
    `This application is not started without its studio, which alone keeps ${withheld.join(", ")}. ` +
    "Open it in the studio, and keep the studio open."
  );
}

/** Starts at once, before the studio has connected: the bytes are here already. */
async function restoreLast(
  recalled: Promise<StoredDeployment | undefined>,
  start: (stored: StoredDeployment) => Promise<Routes | undefined>,
): Promise<Routes | undefined> {
  try {
    const stored = await recalled;
    return stored && (await start(stored));
  } catch (error) {
    // The studio deploys from its own copy then, and shows what is wrong if that fails too.
    console.warn("The last application could not be started from the cache:", error);
    return undefined;
  }
}
