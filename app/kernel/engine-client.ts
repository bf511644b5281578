import type { Inspection } from "../../runtime/component/inspection.ts";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { LockedApp } from "../../runtime/manifest/locked-app.ts";
import type {
  DeployResult,
  DownloadMessage,
  EngineApi,
  EngineEvent,
  EngineMessage,
  FileMount,
  Limits,
  MockRule,
  PrebuiltGlue,
  Routes,
  RuntimeSettings,
} from "../../runtime/protocol.ts";
import { asPlaygroundError } from "./as-playground-error.ts";
import type { ConnectEngine, EngineConnection } from "./engine-frame.ts";
import { type FileContent, toBytes } from "./file-content.ts";

/** What to run: as `Deployment`, with all bytes at hand. */
export interface EngineDeployment {
  lockedApp: LockedApp;
  /** By component id. The bytes are copied when the engine needs them; it needs none of a prepared component. */
  components: Record<string, { digest: string; bytes: Uint8Array } | { digest: string; prepared: string }>;
  mounts: Record<string, FileMount>;
  /** By digest; a copy is made of those that the engine needs. */
  contents: Record<string, FileContent>;
  mocks: MockRule[];
  runtime: RuntimeSettings;
  prebuiltGlue: Record<string, PrebuiltGlue>;
}

/**
 * The engine of the current workspace's application origin. Every call waits for its page, and rejects with
 * `engine-unavailable` when that cannot be reached or goes away meanwhile; the next call opens it again.
 */
export interface EngineClient {
  /** Turns to the engine of this origin and begins to open it. The one before is taken down, its calls fail. */
  open(origin: string): void;
  /** Settles (never rejects) when the page that was opened last is there, or cannot be had. */
  opened(): Promise<void>;
  deploy(deployment: EngineDeployment): Promise<Routes>;
  /** See `EngineApi.restore`. */
  restore(): Promise<Routes | undefined>;
  stop(): Promise<void>;
  configure(limits: Partial<Limits>): Promise<void>;
  /** See `EngineApi.download`. Aborting the signal gives it up. */
  download(
    url: string,
    limit: number,
    options: { signal: AbortSignal; onProgress: (progress: DownloadMessage) => void },
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** See `EngineApi.inspect`. */
  inspect(bytes: Uint8Array<ArrayBuffer>): Promise<Inspection>;
  /** See `EngineApi.print`. */
  print(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  /** A port that takes `CallerToWorker` messages. */
  connect(): Promise<MessagePort>;
  /**
   * Settles (never rejects) when listeners have heard all events of what has been answered by now, at once when no page is
   * open. It does not wait for a guest that computes for longer than `flushWait`.
   */
  flush(): Promise<void>;
  readonly keyValue: EngineKeyValue;
  onEvent(listener: (event: EngineEvent) => void): void;
  /** Called when a page that was open is gone, with the reason; not when another was opened in its place. */
  onLost(listener: (reason: PlaygroundError) => void): void;
}

export interface EngineKeyValue {
  get(store: string, key: string): Promise<Uint8Array | undefined>;
  set(store: string, key: string, value: Uint8Array): Promise<void>;
  delete(store: string, key: string): Promise<void>;
  keys(store: string): Promise<string[]>;
}

/** Milliseconds that the events of answers are waited for; longer only when something keeps a worker from sending them. */
export const flushWait = 2_000;

interface Session {
  readonly origin: string;
  /** Events come. */
  isSubscribed?: boolean;
  connection?: Promise<EngineConnection>;
}

/** @param connectPage Opens an engine page; `connectEngineFrame` in a browser. */
export function createEngineClient(connectPage: ConnectEngine): EngineClient {
  const eventListeners = new Set<(event: EngineEvent) => void>();
  const lostListeners = new Set<(reason: PlaygroundError) => void>();
  let session: Session | undefined;
  let newestDeploy = 0;
  let flushes = 0;
  const flushing = new Map<number, () => void>();

  const connect = async (mine: Session): Promise<EngineConnection> => {
    const connection = await connectPage(mine.origin);
    if (session !== mine) {
      connection.close("Another workspace was opened.");
      return connection;
    }
    const { port1, port2 } = new MessageChannel();
    connection.lost.catch((reason: unknown) => {
      delete mine.connection;
      mine.isSubscribed = false;
      port1.close();
      if (session === mine)
        for (const listener of lostListeners) listener(asPlaygroundError(reason, "engine-unavailable"));
    });
    port1.addEventListener("message", ({ data }: MessageEvent<EngineMessage>) => {
      if (data.type === "flushed") flushing.get(data.flush)?.();
      else if (session === mine) for (const listener of eventListeners) listener(data);
    });
    port1.start();
    await Promise.race([connection.api.subscribe(port2), connection.lost]);
    mine.isSubscribed = true;
    return connection;
  };

  const connected = (mine: Session): Promise<EngineConnection> => {
    mine.connection ??= connect(mine).catch((error: unknown) => {
      // The next call tries again.
      delete mine.connection;
      throw asPlaygroundError(error, "engine-unavailable");
    });
    return mine.connection;
  };

  const call = async <T>(use: (api: EngineApi) => Promise<T>): Promise<T> => {
    if (session === undefined) throw new PlaygroundError("engine-unavailable", "No workspace is open.");
    const connection = await connected(session);
    try {
      return await Promise.race([use(connection.api), connection.lost]);
    } catch (error) {
      throw asPlaygroundError(error, "internal");
    }
  };

  return {
    open(origin) {
      const before = session;
      const mine: Session = { origin };
      session = mine;
      before?.connection?.then(
        (connection) => connection.close("Another workspace was opened."),
        // It was never open.
        () => undefined,
      );
      // A failure shows in the calls that follow, each of which tries again.
      connected(mine).catch(() => undefined);
    },
    async opened() {
      const mine = session;
      // The calls that need the page report why it cannot be had.
      if (mine !== undefined) await connected(mine).catch(() => undefined);
    },
    deploy(deployment) {
      newestDeploy += 1;
      const mine = newestDeploy;
      return call(async (api) => {
        // The page starts the application it ran last by itself, and that must not come after this one.
        await api.restore().catch(() => undefined);
        return deployTo(api, deployment, () => mine === newestDeploy);
      });
    },
    restore: () => call((api) => api.restore()),
    stop() {
      // A deploy that still waits for the page must not come after it.
      newestDeploy += 1;
      return call((api) => api.stop());
    },
    configure: (limits) => call((api) => api.configure(limits)),
    download: (url, limit, { signal, onProgress }) =>
      call(async (api) => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener("message", ({ data }: MessageEvent<DownloadMessage>) => onProgress(data));
        port1.start();
        const giveUp = (): void => port1.postMessage("give up");
        signal.addEventListener("abort", giveUp, { once: true });
        if (signal.aborted) giveUp();
        try {
          return new Uint8Array(await api.download(url, limit, port2));
        } finally {
          signal.removeEventListener("abort", giveUp);
          port1.close();
        }
      }),
    inspect: (bytes) => call((api) => api.inspect(bytes.slice().buffer)),
    print: (bytes) => call((api) => api.print(bytes.slice().buffer)),
    connect: () =>
      call(async (api) => {
        const { port1, port2 } = new MessageChannel();
        await api.connect(port2);
        return port1;
      }),
    async flush() {
      if (session?.isSubscribed !== true) return;
      flushes += 1;
      const flush = flushes;
      const flushed = new Promise<void>((resolve) => {
        flushing.set(flush, resolve);
        setTimeout(resolve, flushWait);
        // Of an engine that is gone nothing more comes.
        call((api) => api.flush(flush)).catch(() => resolve());
      });
      await flushed.finally(() => flushing.delete(flush));
    },
    keyValue: {
      get: (store, key) => call((api) => api.keyValueGet(store, key)),
      set: (store, key, value) => call((api) => api.keyValueSet(store, key, value)),
      delete: (store, key) => call((api) => api.keyValueDelete(store, key)),
      keys: (store) => call((api) => api.keyValueKeys(store)),
    },
    onEvent: (listener) => void eventListeners.add(listener),
    onLost: (listener) => void lostListeners.add(listener),
  };
}

/**
 * Names components and mounted files first, and sends the bytes of those that the engine does not have. The engine lets the deploy
 * win that came last, so an older one must not come back with its bytes after a newer one.
 */
async function deployTo(api: EngineApi, deployment: EngineDeployment, isNewest: () => boolean): Promise<Routes> {
  const withBytesOf = (digests: readonly string[]): Promise<DeployResult> => {
    if (!isNewest())
      throw new PlaygroundError("build-superseded", "A newer application is being deployed, or it was stopped.");
    const components = Object.entries(deployment.components).map(([id, component]) => {
      if ("prepared" in component) return [id, component] as const;
      const { digest, bytes } = component;
      const send = digests.includes(digest);
      // A copy of its own: it is transferred, and the workspace keeps the original.
      return [id, send ? { digest, bytes: bytes.slice().buffer } : { digest }] as const;
    });
    const contents = Object.entries(deployment.contents)
      .filter(([digest]) => digests.includes(digest))
      .map(([digest, content]) => [digest, toBytes(content).buffer] as const);
    return api.deploy({
      ...deployment,
      components: Object.fromEntries(components),
      contents: Object.fromEntries(contents),
    });
  };
  let result = await withBytesOf([]);
  if (result.state === "missing") result = await withBytesOf(result.digests);
  if (result.state === "missing") {
    const digests = result.digests.join(", ");
    throw new PlaygroundError("internal", `The engine has no use for the bytes it was sent: ${digests}.`);
  }
  return result.routes;
}
