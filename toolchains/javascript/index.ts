/** The JavaScript and TypeScript toolchain, as the studio uses it. */
import { proxy } from "comlink";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { PrebuiltGlue } from "../../runtime/protocol.ts";
import type { BuildRequest, BuildResult, PackProgress, Toolchain } from "../toolchain.ts";
import { packFileUrl, prebuiltGlueOf } from "./pack-manifest.ts";
import type { PackManifest } from "./pack-manifest.ts";
import { isJavaScriptBuild } from "./recognise.ts";
import type { PrebuiltComponent } from "./worker/api.ts";
import { PackLoader } from "./worker/pack-loader.ts";
import { withProgress, WorkerClient } from "./worker-client.ts";
import type { WorkerFactory } from "./worker-client.ts";

export { mapStack } from "./source-map.ts";

/** Where the pack lies on the studio's origin, and below the engine's path on an application's. */
export const packPath = "packs/javascript/";
const defaultPackBase = `/${packPath}`;

/** A top level that runs longer than this has a loop without an end. */
const initialisationLimit = 20_000;

export interface JavaScriptToolchainOptions {
  /** Address of the pack's folder, with a slash at the end. Default: `/packs/javascript/`. */
  packBase?: string;
  /** Milliseconds that the program's top level may run. Default: 20,000. */
  initialisationLimitMs?: number;
  /** For tests. */
  makeWorker?: WorkerFactory;
}

export interface JavaScriptToolchain extends Toolchain {
  /** A template's component as it was built beforehand. Fails with `file-not-found` for a template that has none. */
  prebuilt(templateId: string): Promise<Prebuilt>;
  /** The same by its digest; `undefined` when the pack has none of it. */
  prebuiltOf(digest: string): Promise<Prebuilt | undefined>;
  /**
   * The glue that fits every component this toolchain builds, for a deployment.
   *
   * @param base Address of the pack on the application origin, with a slash at the end (the engine's path and `packPath`).
   */
  prebuiltGlue(base: string): Promise<Record<string, PrebuiltGlue>>;
}

export interface Prebuilt {
  digest: string;
  /** Name of its `PreparedFile` below the pack's folder. */
  prepared: string;
  /** The component itself: fetched and baked, not built. */
  load: (onProgress?: (progress: PackProgress) => void) => Promise<PrebuiltComponent>;
}

/** The toolchain for components in JavaScript and TypeScript. It has a worker of its own, kept warm between builds. */
export function javascriptToolchain(options: JavaScriptToolchainOptions = {}): JavaScriptToolchain {
  // One loader for page and worker, which gets the manifest from here.
  const pack = new PackLoader(new URL(options.packBase ?? defaultPackBase, globalThis.location.href).href);
  const client = new WorkerClient(pack, options.makeWorker ?? startWorker);
  const limit = options.initialisationLimitMs ?? initialisationLimit;
  let dropCurrent: (() => void) | undefined;

  async function build(
    request: BuildRequest,
    signal?: AbortSignal,
    onProgress?: (progress: PackProgress) => void,
  ): Promise<BuildResult> {
    dropCurrent?.();
    if (signal?.aborted) throw superseded();
    let drop: () => void = () => {};
    const dropped = new Promise<never>((_resolve, reject) => (drop = () => reject(superseded())));
    const abort = () => {
      drop();
      client.notify((api) => api.cancel());
    };
    dropCurrent = drop;
    signal?.addEventListener("abort", abort, { once: true });
    const start = performance.now();
    const timer = watchdog(client, limit);
    try {
      return await withProgress(onProgress, (progress) =>
        Promise.race([buildInWorker(request, timer, progress).finally(timer.stop), dropped]),
      );
    } catch (error) {
      if (error !== timer.reason) throw error;
      return { ok: false, diagnostics: [endless(limit)], milliseconds: { total: performance.now() - start } };
    } finally {
      signal?.removeEventListener("abort", abort);
      if (dropCurrent === drop) dropCurrent = undefined;
    }
  }

  /** Settles when the worker is done with it, whether anybody still waits or not: until then its top level may be without an end. */
  async function buildInWorker(
    request: BuildRequest,
    timer: Watchdog,
    onProgress: ((progress: PackProgress) => void) | undefined,
  ): Promise<BuildResult> {
    for (;;) {
      try {
        return await client.call((api) => api.build(request, proxy(timer.start), onProgress));
      } catch (error) {
        // The worker was ended for an older build that nobody waits for. This one was behind it, and has not begun.
        if (!(error instanceof TopLevelEndless) || error === timer.reason) throw error;
      }
    }
  }

  function prebuiltFrom(manifest: PackManifest, templateId: string): Prebuilt {
    const { digest = "", prepared = "" } = manifest.prebuilt[templateId] ?? {};
    return {
      digest,
      prepared: packFileUrl(manifest, "", prepared),
      load: (onProgress) =>
        withProgress(onProgress, (report) => client.call((api) => api.loadPrebuilt(templateId, report))),
    };
  }

  return {
    id: "javascript",
    recognises: ({ command }) => isJavaScriptBuild(command),
    prepare: (onProgress) =>
      withProgress(onProgress, (progress) => client.call<undefined>((api) => api.prepare(progress))),
    build,
    prebuiltGlue: async (base) => prebuiltGlueOf(await pack.manifest(), base),
    async prebuilt(templateId) {
      const manifest = await pack.manifest();
      if (!Object.hasOwn(manifest.prebuilt, templateId))
        throw new PlaygroundError("file-not-found", `There is no prebuilt component of "${templateId}".`);
      return prebuiltFrom(manifest, templateId);
    },
    async prebuiltOf(digest) {
      const manifest = await pack.manifest();
      const id = Object.keys(manifest.prebuilt).find((candidate) => manifest.prebuilt[candidate]?.digest === digest);
      return id === undefined ? undefined : prebuiltFrom(manifest, id);
    },
  };
}

function startWorker(): Worker {
  return new Worker(new URL("./worker/worker.ts", import.meta.url), { type: "module", name: "javascript-toolchain" });
}

/** Why a worker was ended. */
class TopLevelEndless extends PlaygroundError {
  constructor() {
    super("build-failed", "The program's top level did not end.");
  }
}

/** Terminates the worker when the top level that it runs does not end. */
interface Watchdog {
  readonly reason: TopLevelEndless;
  /** The top level begins. */
  start: () => void;
  /** The worker is done. That it had begun may be heard of only now, by another way, and counts for nothing then. */
  stop: () => void;
}

function watchdog(client: WorkerClient, limit: number): Watchdog {
  const reason = new TopLevelEndless();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDone = false;
  return {
    reason,
    start: () => {
      clearTimeout(timer);
      if (!isDone) timer = setTimeout(() => client.terminate(reason), limit);
    },
    stop: () => {
      isDone = true;
      clearTimeout(timer);
    },
  };
}

function endless(limit: number) {
  const message =
    `The program's top level ran for ${limit / 1000} seconds without an end, and was stopped. It must end before a request ` +
    "can come: look for a loop outside the request handler.";
  return { severity: "error", code: "top-level-endless", message } as const;
}

function superseded(): PlaygroundError {
  return new PlaygroundError("build-superseded", "A newer build began.");
}
