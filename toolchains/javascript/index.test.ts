import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BuildRequest, BuildResult } from "../toolchain.ts";
import { deferred, type Deferred } from "../../runtime/deferred.ts";
import { javascriptToolchain } from "./index.ts";
import { FakeWorker } from "./testing/fake-worker.ts";
import type { BuildWorkerApi, Outcome } from "./worker/api.ts";

const manifest = {
  format: 1,
  files: {
    "template.js": { file: "template.1.js" },
    "template.core2.wasm": { file: "template.core2.2.wasm" },
    "kv-counter.prepared.bin": { file: "kv-counter.3.bin" },
  },
  prebuilt: {
    "kv-counter": { file: "kv-counter.snapshot.bin", prepared: "kv-counter.prepared.bin", digest: "sha256:counter" },
  },
  shellDigest: "sha256:shell",
  glue: {
    file: "template.js",
    main: "template.core.wasm",
    modules: { "template.core2.wasm": "template.core2.wasm" },
  },
};
const fetchFile = vi.fn(() => Promise.resolve(Response.json(manifest)));

beforeEach(() => {
  vi.stubGlobal("location", { href: "https://studio.test/" });
  vi.stubGlobal("fetch", fetchFile);
});
afterEach(() => {
  vi.unstubAllGlobals();
  fetchFile.mockClear();
});

const request = (source: string): BuildRequest => ({
  componentId: "main",
  command: "npm run build",
  workdir: "",
  output: "dist/main.wasm",
  files: { "src/index.ts": source },
});
const built: BuildResult = { ok: false, diagnostics: [], milliseconds: { total: 1 } };

/** A toolchain on fake workers. */
function toolchain(api: Partial<BuildWorkerApi>, initialisationLimitMs = 10_000) {
  const workers: FakeWorker[] = [];
  const makeWorker = () => {
    const worker = new FakeWorker(api);
    workers.push(worker);
    return worker.asWorker();
  };
  return { toolchain: javascriptToolchain({ makeWorker, initialisationLimitMs }), workers };
}

describe("a build", () => {
  it("gives what the worker gives", async () => {
    const build = vi.fn<BuildWorkerApi["build"]>(() => Promise.resolve({ value: built }));
    const { toolchain: made } = toolchain({ build });
    expect(await made.build(request("1"))).toEqual(built);
    expect(build.mock.calls[0]?.[0]).toEqual(request("1"));
  });

  it("ends as superseded when a newer one begins", async () => {
    const build: BuildWorkerApi["build"] = ({ files }) =>
      files["src/index.ts"] === "1" ? new Promise<never>(() => undefined) : Promise.resolve({ value: built });
    const { toolchain: made } = toolchain({ build });
    const first = made.build(request("1"));
    const second = made.build(request("2"));
    await expect(first).rejects.toMatchObject({ code: "build-superseded" });
    expect(await second).toEqual(built);
  });

  it("ends as superseded when it is aborted, and the worker is told", async () => {
    const build = vi.fn<BuildWorkerApi["build"]>(() => new Promise<Outcome<BuildResult>>(() => undefined));
    const cancel = vi.fn<BuildWorkerApi["cancel"]>();
    const { toolchain: made } = toolchain({ build, cancel });
    const controller = new AbortController();
    const call = made.build(request("1"), controller.signal);
    await vi.waitFor(() => expect(build).toHaveBeenCalled());
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: "build-superseded" });
    await vi.waitFor(() => expect(cancel).toHaveBeenCalled());
  });

  it("does not begin when it was aborted before", async () => {
    const { toolchain: made, workers } = toolchain({});
    await expect(made.build(request("1"), AbortSignal.abort())).rejects.toMatchObject({ code: "build-superseded" });
    expect(workers).toHaveLength(0);
  });

  it("is stopped when the top level does not end, and the next has a new worker", async () => {
    const build: BuildWorkerApi["build"] = ({ files }, onInitialise) => {
      if (files["src/index.ts"] !== "1") return Promise.resolve({ value: built });
      onInitialise();
      return new Promise<never>(() => undefined);
    };
    const { toolchain: made, workers } = toolchain({ build }, 5);
    expect(await made.build(request("1"))).toMatchObject({
      ok: false,
      diagnostics: [{ severity: "error", code: "top-level-endless" }],
    });
    expect(workers[0]?.terminated).toBe(true);
    expect(await made.build(request("2"))).toEqual(built);
    expect(workers).toHaveLength(2);
  });

  it("is made by a new worker when the one before it, which nobody waits for, does not end", async () => {
    // As in a worker whose thread does not come free: nothing behind it is begun.
    let isBusy = false;
    const build: BuildWorkerApi["build"] = ({ files }, onInitialise) => {
      if (files["src/index.ts"] === "1") {
        isBusy = true;
        onInitialise();
      }
      return isBusy && workers.length === 1 ? new Promise<never>(() => undefined) : Promise.resolve({ value: built });
    };
    const { toolchain: made, workers } = toolchain({ build }, 50);
    const first = made.build(request("1"));
    await vi.waitFor(() => expect(isBusy).toBe(true));
    const second = made.build(request("2"));
    await expect(first).rejects.toMatchObject({ code: "build-superseded" });
    expect(await second).toEqual(built);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  });

  it("is not ended for the top level of one that was dropped, of which it is heard late", async () => {
    const begins: (() => void)[] = [];
    const builds: Deferred<Outcome<BuildResult>>[] = [];
    const build: BuildWorkerApi["build"] = (_request, onInitialise) => {
      begins.push(onInitialise);
      const mine = deferred<Outcome<BuildResult>>();
      builds.push(mine);
      return mine.promise;
    };
    const { toolchain: made, workers } = toolchain({ build }, 5);
    const first = made.build(request("1"));
    await vi.waitFor(() => expect(builds).toHaveLength(1));
    const second = made.build(request("2"));
    await expect(first).rejects.toMatchObject({ code: "build-superseded" });
    builds[0]?.resolve({ code: "build-superseded", message: "A newer build began." });
    await vi.waitFor(() => expect(builds).toHaveLength(2));
    begins[0]?.();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(workers[0]?.terminated).toBe(false);
    builds[1]?.resolve({ value: built });
    expect(await second).toEqual(built);
  });
});

it("gives the glue by the shell that it fits, at its address on the application origin", async () => {
  expect(await toolchain({}).toolchain.prebuiltGlue("/engine/packs/")).toEqual({
    "sha256:shell": {
      glue: "/engine/packs/template.1.js",
      main: "template.core.wasm",
      modules: { "template.core2.wasm": "/engine/packs/template.core2.2.wasm" },
    },
  });
});

describe("a prebuilt component", () => {
  it("is known by its template and by its digest, and loads by its template", async () => {
    const component = { wasm: new Uint8Array([0]), digest: "sha256:counter", sourceMap: "{}" };
    const loadPrebuilt = vi.fn<BuildWorkerApi["loadPrebuilt"]>(() => Promise.resolve({ value: component }));
    const { toolchain: made } = toolchain({ loadPrebuilt });
    const found = await made.prebuilt("kv-counter");
    expect(found).toMatchObject({ digest: "sha256:counter", prepared: "kv-counter.3.bin" });
    expect(await made.prebuiltOf("sha256:counter")).toMatchObject({ prepared: "kv-counter.3.bin" });
    expect(await found.load()).toEqual(component);
    expect(loadPrebuilt.mock.calls[0]?.[0]).toBe("kv-counter");
  });

  it("is not there for another template or digest", async () => {
    const { toolchain: made } = toolchain({});
    await expect(made.prebuilt("toString")).rejects.toMatchObject({ code: "file-not-found" });
    expect(await made.prebuiltOf("sha256:other")).toBeUndefined();
  });
});

it("fetches the manifest once for the page and the worker", async () => {
  const { toolchain: made, workers } = toolchain({ prepare: () => Promise.resolve({ value: undefined }) });
  await Promise.all([made.prepare(), made.prebuiltGlue("/engine/packs/"), made.prebuilt("kv-counter")]);
  expect(workers[0]?.started[0]).toMatchObject({ packBase: "https://studio.test/packs/javascript/", manifest });
  expect(fetchFile.mock.calls).toEqual([["https://studio.test/packs/javascript/manifest.json", undefined]]);
});
