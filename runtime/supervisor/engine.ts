import { PlaygroundError } from "../errors.ts";
import { defaultLimits } from "../protocol.ts";
import type { Deployment, DeployResult, EngineApi, EngineEvent, Limits, Routes } from "../protocol.ts";
import { buildRoutes } from "../routing/routes.ts";
import { createIndexedDbKeyValueStores } from "../stores/indexeddb-key-value.ts";
import { forgetDeployment, recallDeployment, rememberDeployment } from "./component-cache.ts";
import { Forwarder } from "./forwarder.ts";
import { Pool } from "./pool.ts";
import { Preparer } from "./preparer.ts";
import { ServiceWorkerLink } from "./service-worker-link.ts";

/**
 * The engine of one application origin: deploys, watches, and hands out ways in. Everything slow happens in workers; this
 * runs on the engine page's main thread.
 */
export function createEngine(): EngineApi {
  const subscribers = new Set<MessagePort>();
  const forwarders: Forwarder[] = [];
  const emit = (event: EngineEvent): void => subscribers.forEach((port) => port.postMessage(event));
  const link = new ServiceWorkerLink();
  const preparer = new Preparer();
  const keyValue = createIndexedDbKeyValueStores();
  keyValue.watch(({ store, key }) => emit({ type: "key-value", store, key }));

  let limits: Limits = defaultLimits;
  const pool = new Pool(limits, {
    spawn: () => new Worker(new URL("../instance/worker.ts", import.meta.url), { type: "module", name: "instance" }),
    onEvent: emit,
    onWorker: (worker) => link.offer(worker),
    onWorkerGone: (workerId, reason) => {
      link.withdraw(workerId, reason);
      for (const forwarder of forwarders) forwarder.drop(workerId, reason);
      emit({ type: "state", state: "running", reason });
    },
  });

  /** Newer deployments overtake older ones: an older one that is still preparing is dropped. */
  let newest = 0;
  const start: EngineApi["deploy"] = async (deployment) => {
    const order = ++newest;
    const missing = await preparer.missing(deployment);
    if (missing.length > 0) return { state: "missing", digests: missing };
    const application = await preparer.prepare(deployment);
    if (order !== newest)
      throw new PlaygroundError("build-superseded", "A newer deployment came; this one was dropped.");
    await pool.deploy(application);
    const { routes } = buildRoutes(deployment.lockedApp);
    emit({ type: "state", state: "running" });
    link.announce();
    return { state: "running", routes };
  };

  // What the studio has asked for meanwhile is newer than what ran last time.
  const restored = restoreLast(async (deployment) => (newest === 0 ? start(deployment) : undefined));
  return {
    async deploy(deployment) {
      const result = await start(deployment);
      if (result.state === "running") {
        rememberDeployment(deployment).catch((error: unknown) =>
          console.warn("The application could not be stored for the next visit:", error),
        );
      }
      return result;
    },
    restore: () => restored,
    async stop() {
      newest += 1;
      pool.stop("The application was stopped.");
      await forgetDeployment();
      emit({ type: "state", state: "stopped" });
    },
    async connect(port) {
      forwarders.push(new Forwarder(port, () => pool.workers));
    },
    async subscribe(port) {
      subscribers.add(port);
    },
    async configure(changes) {
      limits = { ...limits, ...changes };
      pool.configure(limits);
    },
    keyValueGet: (store, key) => keyValue.get(store, key),
    keyValueSet: (store, key, value) => keyValue.set(store, key, value),
    keyValueDelete: (store, key) => keyValue.delete(store, key),
    keyValueKeys: (store) => keyValue.keys(store),
  };
}

/** Starts at once, before the studio has connected: the bytes are here already. */
async function restoreLast(
  start: (deployment: Deployment) => Promise<DeployResult | undefined>,
): Promise<Routes | undefined> {
  try {
    const deployment = await recallDeployment();
    const result = deployment && (await start(deployment));
    return result?.state === "running" ? result.routes : undefined;
  } catch (error) {
    // The studio deploys from its own copy then, and shows what is wrong if that fails too.
    console.warn("The last application could not be started from the cache:", error);
    return undefined;
  }
}
