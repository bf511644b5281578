import { beforeEach, describe, expect, it, vi } from "vitest";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { DeployResult, EngineApi } from "../../runtime/protocol.ts";
import { type Deferred, deferred } from "../../runtime/deferred.ts";
import { createEngineClient, type EngineClient, type EngineDeployment, flushWait } from "./engine-client.ts";

const lockedApp = {
  spin_lock_version: 1 as const,
  metadata: { name: "a" },
  variables: {},
  triggers: [],
  components: [],
};
const own = new Uint8Array([2]);
const deployment: EngineDeployment = {
  lockedApp,
  components: {
    a: { digest: "sha256:a", bytes: new Uint8Array([1]) },
    b: { digest: "sha256:b", bytes: own },
  },
  mounts: {},
  contents: {},
  mocks: [],
  runtime: { variables: [], keyValueStores: ["default"], databases: ["default"] },
  prebuiltGlue: {},
};
const routes = [{ id: "a", route: "/", wildcard: true }];

let lost: Deferred<never>;
let ports: MessagePort[];
const deploy = vi.fn<EngineApi["deploy"]>();
const stop = vi.fn<EngineApi["stop"]>();
const download = vi.fn<EngineApi["download"]>();
const restore = vi.fn<EngineApi["restore"]>();
const flush = vi.fn<EngineApi["flush"]>();
const close = vi.fn();
const connectPage = vi.fn();
let client: EngineClient;

beforeEach(() => {
  vi.resetAllMocks();
  ports = [];
  deploy.mockResolvedValue({ state: "running", routes });
  stop.mockResolvedValue();
  restore.mockResolvedValue(undefined);
  connectPage.mockImplementation(() => {
    const mine = deferred<never>();
    lost = mine;
    const closeMine = (reason: string) => {
      close(reason);
      mine.reject(new PlaygroundError("engine-unavailable", reason));
    };
    const subscribe = (port: MessagePort) => Promise.resolve(void ports.push(port));
    return Promise.resolve({
      api: { deploy, stop, restore, download, subscribe, flush },
      lost: mine.promise,
      close: closeMine,
    });
  });
  client = createEngineClient(connectPage);
});

describe("engine client", () => {
  it("does not deploy after a stop what waited for the engine's own start", async () => {
    const restored = deferred<undefined>();
    restore.mockReturnValue(restored.promise);
    client.open("http://a.play.test");
    const deploying = expect(client.deploy(deployment)).rejects.toMatchObject({ code: "build-superseded" });
    await vi.waitFor(() => expect(restore).toHaveBeenCalled());
    await client.stop();
    restored.resolve(undefined);
    await deploying;
    expect(deploy).not.toHaveBeenCalled();
  });

  it("has no engine before a workspace is open", async () => {
    await expect(client.stop()).rejects.toMatchObject({ code: "engine-unavailable" });
  });

  it("opens one page for all calls", async () => {
    client.open("http://a");
    await Promise.all([client.stop(), client.stop()]);
    expect(connectPage).toHaveBeenCalledExactlyOnceWith("http://a");
  });

  it("sends the bytes of the components that the engine asks for, and keeps its own", async () => {
    deploy.mockResolvedValueOnce({ state: "missing", digests: ["sha256:b"] });
    client.open("http://a");
    expect(await client.deploy(deployment)).toEqual(routes);
    const sent = deploy.mock.calls.map(([{ components }]) => components);
    expect(sent[0]).toEqual({ a: { digest: "sha256:a" }, b: { digest: "sha256:b" } });
    expect(sent[1]).toEqual({
      a: { digest: "sha256:a" },
      b: { digest: "sha256:b", bytes: new Uint8Array([2]).buffer },
    });
    // The workspace keeps its own: what is sent is a copy.
    expect(deployment.components["b"]).toEqual({ digest: "sha256:b", bytes: new Uint8Array([2]) });
    expect(sent[1]?.["b"]?.bytes).not.toBe(own.buffer);
  });

  it("sends the mounted files that the engine asks for", async () => {
    deploy.mockResolvedValueOnce({ state: "missing", digests: ["sha256:text"] });
    client.open("http://a");
    const mounts = { a: { files: { "a.txt": "sha256:text", "b.bin": "sha256:bytes" }, time: 1 } };
    await client.deploy({ ...deployment, mounts, contents: { "sha256:text": "é", "sha256:bytes": own } });
    expect(deploy.mock.calls.map(([sent]) => [sent.mounts, sent.contents])).toEqual([
      [mounts, {}],
      [mounts, { "sha256:text": new TextEncoder().encode("é").buffer }],
    ]);
  });

  it("sends no bytes of a component that was prepared beforehand", async () => {
    deploy.mockResolvedValue({ state: "running", routes });
    client.open("http://a");
    const prepared = { a: { digest: "sha256:a", prepared: "/packs/a.bin" } };
    await client.deploy({ ...deployment, components: prepared });
    expect(deploy.mock.calls.map(([{ components }]) => components)).toEqual([prepared]);
  });

  it("does not ask for ever", async () => {
    deploy.mockResolvedValue({ state: "missing", digests: ["sha256:b"] });
    client.open("http://a");
    await expect(client.deploy(deployment)).rejects.toMatchObject({ code: "internal" });
    expect(deploy).toHaveBeenCalledTimes(2);
  });

  it("does not bring an older application back after a newer one", async () => {
    const first = deferred<DeployResult>();
    deploy.mockReturnValueOnce(first.promise);
    client.open("http://a");
    const older = client.deploy(deployment);
    await vi.waitFor(() => expect(deploy).toHaveBeenCalledTimes(1));
    expect(await client.deploy(deployment)).toEqual(routes);
    first.resolve({ state: "missing", digests: ["sha256:a"] });
    await expect(older).rejects.toMatchObject({ code: "build-superseded" });
    expect(deploy).toHaveBeenCalledTimes(2);
  });

  it("deploys after what the engine restores by itself, also when that fails", async () => {
    const restoring = deferred<never>();
    restore.mockReturnValue(restoring.promise);
    client.open("http://a");
    const deploying = client.deploy(deployment);
    await vi.waitFor(() => expect(restore).toHaveBeenCalled());
    expect(deploy).not.toHaveBeenCalled();
    restoring.reject(new Error("no cache"));
    expect(await deploying).toEqual(routes);
  });

  it("passes on why the engine refuses", async () => {
    deploy.mockRejectedValue(Object.assign(new Error("bad magic"), { code: "component-invalid" }));
    client.open("http://a");
    await expect(client.deploy(deployment)).rejects.toMatchObject({ code: "component-invalid", message: "bad magic" });
  });

  it("passes events on, and drops those of a workspace that was left", async () => {
    const seen: unknown[] = [];
    client.onEvent((event) => seen.push(event));
    client.open("http://a");
    await client.stop();
    ports[0]?.postMessage({ type: "state", state: "running" });
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    client.open("http://b");
    await client.stop();
    ports[0]?.postMessage({ type: "state", state: "stopped" });
    ports[1]?.postMessage({ type: "key-value", store: "default", key: "k" });
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    expect(seen[1]).toMatchObject({ type: "key-value" });
    for (const port of ports) port.close();
  });

  it("fails calls under way when the page is lost, tells of it, and opens it again", async () => {
    const reasons: string[] = [];
    client.onLost((error) => reasons.push(error.message));
    stop.mockReturnValueOnce(new Promise(() => undefined));
    client.open("http://a");
    const stopping = client.stop();
    await vi.waitFor(() => expect(stop).toHaveBeenCalled());
    lost.reject(new PlaygroundError("engine-unavailable", "loaded again"));
    await expect(stopping).rejects.toMatchObject({ code: "engine-unavailable" });
    expect(reasons).toEqual(["loaded again"]);
    await client.stop();
    expect(connectPage).toHaveBeenCalledTimes(2);
  });

  it("takes the old page down for another workspace without a word of loss", async () => {
    const onLost = vi.fn();
    client.onLost(onLost);
    client.open("http://a");
    await client.stop();
    client.open("http://b");
    await client.stop();
    expect(close).toHaveBeenCalledOnce();
    expect(onLost).not.toHaveBeenCalled();
    expect(connectPage.mock.calls).toEqual([["http://a"], ["http://b"]]);
  });

  it("tells how far a download is, and gives it up when nobody waits for it", async () => {
    const heard = vi.fn();
    download.mockImplementation((_url, _limit, port) => {
      port.postMessage({ loaded: 1, total: 2 });
      return new Promise((_resolve, reject) => {
        port.addEventListener("message", ({ data }) => {
          heard(data);
          reject(new PlaygroundError("component-unavailable", "given up"));
        });
        port.start();
      });
    });
    client.open("http://a");
    const abort = new AbortController();
    const onProgress = vi.fn();
    const downloading = client.download("http://b/x.wasm", 9, { signal: abort.signal, onProgress });
    downloading.catch(() => undefined);
    await vi.waitFor(() => expect(onProgress).toHaveBeenCalledWith({ loaded: 1, total: 2 }));
    abort.abort();
    await expect(downloading).rejects.toThrow("given up");
    expect(heard).toHaveBeenCalledOnce();
    expect(download.mock.calls[0]?.slice(0, 2)).toEqual(["http://b/x.wasm", 9]);
  });

  it("tries again after a page that did not open", async () => {
    connectPage.mockRejectedValueOnce(new PlaygroundError("engine-unavailable", "no answer"));
    client.open("http://a");
    await expect(client.stop()).rejects.toThrow("no answer");
    await client.stop();
    expect(connectPage).toHaveBeenCalledTimes(2);
  });

  it("waits for the events of what was answered, and for none of an engine that is not there or goes away", async () => {
    await client.flush();
    client.open("http://a");
    await client.flush();
    expect(flush).not.toHaveBeenCalled();
    await client.opened();

    const heard: string[] = [];
    client.onEvent(({ type }) => heard.push(type));
    // The call settles before the events have come: they come by another port.
    flush.mockImplementation(async (number) => {
      setTimeout(() => {
        ports.at(-1)?.postMessage({ type: "state", state: "running" });
        ports.at(-1)?.postMessage({ type: "flushed", flush: number });
      }, 5);
    });
    await client.flush();
    expect(heard).toEqual(["state"]);

    flush.mockReturnValue(new Promise(() => undefined));
    const flushing = client.flush();
    lost.reject(new PlaygroundError("engine-unavailable", "The frame is gone."));
    await flushing;
  });

  it("does not wait for a guest that computes on and on", async () => {
    client.open("http://a");
    await client.opened();
    flush.mockReturnValue(new Promise(() => undefined));
    vi.useFakeTimers();
    try {
      let isOver = false;
      const flushing = client.flush().then(() => (isOver = true));
      await vi.advanceTimersByTimeAsync(flushWait - 1);
      expect(isOver).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      await flushing;
    } finally {
      vi.useRealTimers();
    }
  });
});
