import { PlaygroundError } from "../../../runtime/errors.ts";
import type { CallerToWorker, EngineEvent, Limits, Routes, WorkerToCaller } from "../../../runtime/protocol.ts";
import type { EngineClient, EngineDeployment } from "../engine-client.ts";

/** An engine that remembers what it was told, per origin, and answers requests with the bytes of its first component. */
export interface FakeEngine extends EngineClient {
  origin: string | undefined;
  /** What runs now, by origin; a reload of the page keeps it, as the real engine's cache does. */
  readonly deployments: Map<string, EngineDeployment>;
  readonly limits: Partial<Limits>[];
  /** Set to make the next calls fail. */
  fault: PlaygroundError | undefined;
  emit(event: EngineEvent): void;
  /** Emitted by the next `flush`: events of an answer that came before them. */
  readonly late: EngineEvent[];
  lose(): void;
}

export function createFakeEngine(deployments = new Map<string, EngineDeployment>()): FakeEngine {
  const eventListeners: ((event: EngineEvent) => void)[] = [];
  const lostListeners: ((reason: PlaygroundError) => void)[] = [];
  const values = new Map<string, Uint8Array>();
  let requests = 0;

  const origin = (): string => {
    if (fake.fault !== undefined) throw fake.fault;
    if (fake.origin === undefined) throw new PlaygroundError("engine-unavailable", "No workspace is open.");
    return fake.origin;
  };
  const key = (store: string, name: string): string => `${origin()} ${store} ${name}`;
  const emit = (event: EngineEvent): void => eventListeners.forEach((listener) => listener(event));

  const fake: FakeEngine = {
    origin: undefined,
    deployments,
    limits: [],
    fault: undefined,
    emit,
    late: [],
    lose: () =>
      lostListeners.forEach((listener) => listener(new PlaygroundError("engine-unavailable", "loaded again"))),
    open: (next) => void (fake.origin = next),
    opened: () => Promise.resolve(),
    async deploy(deployment) {
      deployments.set(origin(), structuredClone(deployment));
      return routesOf(deployment);
    },
    async restore() {
      const deployment = deployments.get(origin());
      return deployment && routesOf(deployment);
    },
    async stop() {
      deployments.delete(origin());
    },
    async configure(limits) {
      origin();
      fake.limits.push(limits);
    },
    download: () => Promise.reject(new PlaygroundError("component-unavailable", "There is no network.")),
    inspect: async (bytes) => ({ kind: "module", size: bytes.length, imports: [], exports: [], producers: [] }),
    print: async (bytes) => `(module (; ${bytes.length} bytes ;))`,
    async connect() {
      const deployment = deployments.get(origin());
      const { port1, port2 } = new MessageChannel();
      port2.addEventListener("message", ({ data }: MessageEvent<CallerToWorker>) => {
        if (data.type !== "request") return;
        const requestId = `r${(requests += 1)}`;
        const [component] = Object.values(deployment?.components ?? {});
        // What stands at an address is the address here.
        const bytes =
          component === undefined
            ? new Uint8Array()
            : "bytes" in component
              ? component.bytes.slice()
              : new TextEncoder().encode(component.prepared);
        const head: WorkerToCaller = {
          type: "head",
          id: data.id,
          requestId,
          status: 200,
          headers: [],
          bytes,
          done: true,
        };
        port2.postMessage(head);
        const { method, url } = data.request;
        emit({ type: "trace", trace: { requestId, method, url, start: 0, status: 200, spans: [] } });
      });
      port2.start();
      // Test workers end although these ports are open.
      for (const port of [port1, port2]) (port as unknown as { unref(): void }).unref();
      return port1;
    },
    async flush() {
      await Promise.resolve();
      fake.late.splice(0).forEach(emit);
    },
    keyValue: {
      get: async (store, name) => values.get(key(store, name)),
      set: async (store, name, value) => void values.set(key(store, name), value),
      delete: async (store, name) => void values.delete(key(store, name)),
      async keys(store) {
        const prefix = key(store, "");
        return [...values.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
      },
    },
    onEvent: (listener) => void eventListeners.push(listener),
    onLost: (listener) => void lostListeners.push(listener),
  };
  return fake;
}

function routesOf({ lockedApp }: EngineDeployment): Routes {
  return lockedApp.components.map(({ id }) => ({ id, route: `/${id}`, wildcard: false }));
}
