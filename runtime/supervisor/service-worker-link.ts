import { PlaygroundError } from "../errors.ts";
import { serviceWorkerPath } from "../protocol.ts";
import type { EngineEvent, EngineToServiceWorker, RequestKey, ServiceWorkerToWindow } from "../protocol.ts";
import { Flushes } from "./flushes.ts";
import type { InstanceWorker } from "./instance-worker.ts";

export interface ServiceWorkerLinkOptions {
  /** See `EngineToServiceWorker`. */
  isStandalone: boolean;
  /** What the service worker has to tell the studio. */
  onEvent: (event: EngineEvent) => void;
}

/**
 * Keeps the service worker supplied with ports to the instance workers. The service worker forgets them whenever the
 * browser stops it, and asks again; the lock tells it that this engine is gone, since a closed port tells nothing.
 */
export class ServiceWorkerLink {
  readonly #engineId = crypto.randomUUID();
  readonly #workers = new Map<number, InstanceWorker>();
  readonly #isStandalone: boolean;
  readonly #registration: Promise<ServiceWorkerRegistration>;
  #since = 0;
  #hasActive = false;
  readonly #flushes = new Flushes();

  constructor({ isStandalone, onEvent }: ServiceWorkerLinkOptions) {
    this.#isStandalone = isStandalone;
    // Held until this page is gone.
    navigator.locks
      .request(this.#lock, () => new Promise<void>(() => {}))
      .catch(() => {
        // Rejects only while the page is being torn down, when nobody is left to tell.
      });
    this.#registration = register();
    this.#registration.then(
      () => {
        this.#hasActive = true;
        navigator.serviceWorker.addEventListener("message", ({ data, source }: MessageEvent<ServiceWorkerToWindow>) => {
          if (data.type === "engine-wanted" && source) this.#giveAll(source as ServiceWorker);
          else if (data.type === "engine-event" && data.engineId === this.#engineId) onEvent(data.event);
          else if (data.type === "flushed") this.#flushes.done(data.flush);
        });
        navigator.serviceWorker.startMessages();
      },
      (error: unknown) => console.error(error),
    );
  }

  /** Settles when requests of pages reach this engine; rejects with `browser-unsupported`. */
  async ready(): Promise<void> {
    await this.#registration;
  }

  offer(worker: InstanceWorker): void {
    this.#workers.set(worker.id, worker);
    void this.#withActive((serviceWorker) => {
      if (this.#workers.has(worker.id)) this.#give(serviceWorker, worker);
    });
  }

  /** @param running requests of which one may have been the cause */
  withdraw(workerId: number, reason: string, running: readonly RequestKey[]): void {
    this.#workers.delete(workerId);
    this.#tell({ type: "worker-gone", engineId: this.#engineId, workerId, reason, running });
  }

  /** What this engine does is by a word of the studio of that time; see `EngineToServiceWorker`. */
  setSince(since: number): void {
    this.#since = since;
    this.#tell({ type: "engine-since", engineId: this.#engineId, since });
  }

  /** Settles when the service worker has told what it had to tell by now; at once while there is none. */
  flush(): Promise<void> {
    if (!this.#hasActive) return Promise.resolve();
    return this.#flushes.wait((flush) => this.#tell({ type: "flush", flush }));
  }

  get #lock(): string {
    return `spin-playground-engine-${this.#engineId}`;
  }

  #giveAll(serviceWorker: ServiceWorker): void {
    for (const worker of this.#workers.values()) this.#give(serviceWorker, worker);
  }

  #give(serviceWorker: ServiceWorker, worker: InstanceWorker): void {
    const { port1, port2 } = new MessageChannel();
    const connection = worker.connect(port1);
    const message: EngineToServiceWorker = {
      type: "engine",
      engineId: this.#engineId,
      engineLock: this.#lock,
      isStandalone: this.#isStandalone,
      since: this.#since,
      connection,
      workerId: worker.id,
      port: port2,
    };
    serviceWorker.postMessage(message, [port2]);
  }

  #tell(message: EngineToServiceWorker): void {
    void this.#withActive((serviceWorker) => serviceWorker.postMessage(message));
  }

  async #withActive(use: (serviceWorker: ServiceWorker) => void): Promise<void> {
    try {
      const { active } = await this.#registration;
      if (active) use(active);
    } catch {
      // Without a service worker there is nobody to tell; `ready` reports why.
    }
  }
}

/** Registers the service worker and waits until it is active. */
async function register(): Promise<ServiceWorkerRegistration> {
  try {
    await navigator.serviceWorker.register(serviceWorkerPath, { scope: "/", updateViaCache: "none" });
    return await navigator.serviceWorker.ready;
  } catch (cause) {
    throw new PlaygroundError(
      "browser-unsupported",
      `The browser refused the service worker of ${location.host}; requests of pages cannot reach the application. Private windows and blocked third-party storage do this. (${String(cause)})`,
      { cause },
    );
  }
}
