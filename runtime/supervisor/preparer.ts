import { type Remote, transfer, wrap } from "comlink";
import { hasBytes, storeBytes } from "../component/component-cache.ts";
import type { PrepareWorker } from "../component/prepare.worker.ts";
import { PlaygroundError } from "../errors.ts";
import type { PreparedComponent } from "../component/prepared.ts";
import { MountedContents } from "./mounted-contents.ts";
import type { Deployment, PreparedApplication } from "../protocol.ts";

/** Prepared components kept in memory; an image is about 10 MB. */
const keptComponents = 6;

/** The thread that prepares, and what happens when it cannot. */
interface Thread {
  worker: Remote<PrepareWorker>;
  /** Rejects when the worker's script cannot run: it would answer nothing, and a deploy would wait for ever. */
  broken: Promise<never>;
}

/** Turns deployments into applications that a worker can hold. Each component is prepared once per content. */
export class Preparer {
  #thread: Thread | undefined;
  readonly #prepared = new Map<string, PreparedComponent>();
  readonly #contents = new MountedContents();

  /** Digests of bytes that the engine has neither in memory nor stored, nor got with the deployment. */
  async missing(deployment: Deployment): Promise<string[]> {
    const [components, files] = await Promise.all([
      this.#missingComponents(deployment),
      this.#contents.missing(deployment),
    ]);
    return [...components, ...files];
  }

  async #missingComponents({ components }: Deployment): Promise<string[]> {
    const unknown = await Promise.all(
      Object.values(components).map(async ({ digest, bytes, prepared }) => {
        if (bytes || prepared !== undefined || this.#prepared.has(digest)) return undefined;
        return (await hasBytes(digest)) ? undefined : digest;
      }),
    );
    return unknown.filter((digest) => digest !== undefined);
  }

  /** Rejects with the first component's failure, e.g. `component-invalid`. What was built beforehand is passed on as it is. */
  async prepare(deployment: Deployment): Promise<PreparedApplication> {
    const { lockedApp, components, mounts, mocks, runtime, prebuiltGlue } = deployment;
    const contents = this.#contents.take(deployment);
    const entries = Object.entries(components).map(async ([id, { digest, bytes, prepared }]) => {
      const component =
        prepared === undefined
          ? await this.#component(digest, bytes, prebuiltGlue)
          : { digest, prepared, glues: prebuiltGlue };
      return [id, component] as const;
    });
    const [prepared, blobs] = await Promise.all([Promise.all(entries), contents]);
    const application = {
      lockedApp,
      components: Object.fromEntries(prepared),
      mounts,
      contents: blobs,
      mocks,
      runtime,
    };
    for (const old of [...this.#prepared.keys()].slice(0, -keptComponents)) this.#prepared.delete(old);
    return application;
  }

  /** Gets ready for components that belong to this glue, so that the first of them is prepared as fast as the next. */
  async expect(prebuiltGlue: Deployment["prebuiltGlue"]): Promise<void> {
    await this.#run((worker) => worker.expect(prebuiltGlue));
  }

  async #component(
    digest: string,
    bytes: ArrayBuffer | undefined,
    prebuiltGlue: Deployment["prebuiltGlue"],
  ): Promise<PreparedComponent> {
    const known = this.#prepared.get(digest);
    if (known) return known;
    // Stored from a copy, and not waited for: only a reload needs it.
    const stored = bytes ? storeBytes(digest, new Blob([bytes])) : Promise.resolve();
    stored.catch((error: unknown) => console.warn("The component could not be stored for the next visit:", error));
    const component = await this.#run((worker) =>
      worker.prepare(bytes ? transfer({ digest, bytes }, [bytes]) : { digest }, prebuiltGlue),
    );
    this.#prepared.set(digest, component);
    return component;
  }

  /** The thread begins at its first use: an application that was built beforehand answers without it. */
  async #run<Result>(use: (worker: Remote<PrepareWorker>) => Promise<Result>): Promise<Result> {
    const { worker, broken } = (this.#thread ??= startThread());
    return Promise.race([use(worker), broken]);
  }
}

function startThread(): Thread {
  // The bundler finds workers by this very form.
  const thread = new Worker(new URL("../component/prepare.worker.ts", import.meta.url), {
    type: "module",
    name: "prepare",
  });
  const broken = new Promise<never>((_resolve, reject) => {
    thread.addEventListener("error", ({ message = "its script could not be loaded" }: Partial<ErrorEvent>) =>
      reject(new PlaygroundError("engine-unavailable", `The worker that prepares components failed: ${message}`)),
    );
  });
  // Told to whoever uses it; while nobody does there is nobody to tell.
  broken.catch(() => undefined);
  return { worker: wrap<PrepareWorker>(thread), broken };
}
