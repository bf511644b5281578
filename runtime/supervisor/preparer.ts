import { type Remote, transfer, wrap } from "comlink";
import { hasBytes, storeBytes } from "../component/component-cache.ts";
import type { PrepareWorker } from "../component/prepare.worker.ts";
import { PlaygroundError } from "../errors.ts";
import type { PreparedComponent } from "../component/prepared.ts";
import type { Deployment, PreparedApplication } from "../protocol.ts";

/** Prepared components kept in memory; an image is about 10 MB. */
const keptComponents = 6;

/** Turns deployments into applications that a worker can hold. Each component is prepared once per content. */
export class Preparer {
  readonly #worker: Remote<PrepareWorker>;
  /** Rejects when the worker's script cannot run: it would answer nothing, and a deploy would wait for ever. */
  readonly #broken: Promise<never>;
  readonly #prepared = new Map<string, PreparedComponent>();

  constructor() {
    // The bundler finds workers by this very form.
    const worker = new Worker(new URL("../component/prepare.worker.ts", import.meta.url), {
      type: "module",
      name: "prepare",
    });
    this.#worker = wrap<PrepareWorker>(worker);
    this.#broken = new Promise((_resolve, reject) => {
      worker.addEventListener("error", ({ message = "its script could not be loaded" }: Partial<ErrorEvent>) =>
        reject(new PlaygroundError("engine-unavailable", `The worker that prepares components failed: ${message}`)),
      );
    });
    // Told to whoever prepares; without one there is nobody to tell.
    this.#broken.catch(() => undefined);
  }

  /** Digests of components whose bytes the engine has neither in memory nor stored, nor got with the deployment. */
  async missing({ components }: Deployment): Promise<string[]> {
    const unknown = await Promise.all(
      Object.values(components).map(async ({ digest, bytes, prepared }) => {
        if (bytes || prepared !== undefined || this.#prepared.has(digest)) return undefined;
        return (await hasBytes(digest)) ? undefined : digest;
      }),
    );
    return unknown.filter((digest) => digest !== undefined);
  }

  /** Rejects with the first component's failure, e.g. `component-invalid`. */
  async prepare(deployment: Deployment): Promise<PreparedApplication> {
    const entries = await Promise.all(
      Object.entries(deployment.components).map(async ([id, component]): Promise<[string, PreparedComponent]> => [
        id,
        await this.#component(component, deployment),
      ]),
    );
    for (const old of [...this.#prepared.keys()].slice(0, -keptComponents)) this.#prepared.delete(old);
    return { lockedApp: deployment.lockedApp, components: Object.fromEntries(entries), mocks: deployment.mocks };
  }

  async #component(
    { digest, bytes, prepared }: Deployment["components"][string],
    { prebuiltGlue }: Deployment,
  ): Promise<PreparedComponent> {
    const known = this.#prepared.get(digest);
    if (known) return known;
    // Stored from a copy, and not waited for: only a reload needs it.
    const stored = bytes ? storeBytes(digest, new Blob([bytes])) : Promise.resolve();
    stored.catch((error: unknown) => console.warn("The component could not be stored for the next visit:", error));
    const source = { digest, ...(prepared === undefined ? {} : { prepared }) };
    const component = await Promise.race([
      this.#worker.prepare(bytes ? transfer({ ...source, bytes }, [bytes]) : source, prebuiltGlue),
      this.#broken,
    ]);
    this.#prepared.set(digest, component);
    return component;
  }
}
