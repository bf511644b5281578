import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";
import { PlaygroundError } from "../../runtime/errors.ts";
import { isOutdated } from "./outdated.ts";
import { echoFiles, manifestText } from "./testing/fake-dependencies.ts";
import { answer, bytes, dependencies, kernel, playground, reload, state } from "./testing/kernel-under-test.ts";

describe("start", () => {
  it("runs the prebuilt sample on a first visit, without a build", async () => {
    await kernel.actions.start();
    expect(await playground().settled()).toEqual({ running: true, diagnostics: [] });
    expect(await answer()).toBe("prebuilt");
    expect(dependencies.toolchain.requests).toHaveLength(0);
    expect(state().tabs.active).toBe("src/index.ts");
    expect(state().run.application).toMatchObject({
      name: "counter",
      url: `http://${state().workspace.id}.play.localhost:5173`,
      keyValueStores: ["default"],
      components: ["counter"],
    });
  });

  it("has the sample's Wasm in the workspace after the first response", async () => {
    await kernel.actions.start();
    expect(state().workspace.files).not.toHaveProperty("dist/counter.wasm");
    await answer();
    await vi.waitFor(() => expect(state().workspace.files).toHaveProperty("dist/counter.wasm"));
    expect(await playground().build()).toMatchObject({ components: [{ ok: true }] });
  });

  it("has it at once for a script that asks", async () => {
    await kernel.actions.start();
    expect(new TextDecoder().decode((await playground().files())["dist/counter.wasm"])).toBe("prebuilt");
  });

  it("starts the sample again after a reload that came before its Wasm", async () => {
    await kernel.actions.start();
    dependencies.engine.deployments.clear();
    await reload();
    await kernel.actions.start();
    expect(await answer()).toBe("prebuilt");
    expect(dependencies.toolchain.requests).toHaveLength(0);
  });

  it("prepares the toolchain after the first response only", async () => {
    await kernel.actions.start();
    expect(dependencies.toolchain.prepared).toBe(0);
    await answer();
    await vi.waitFor(() => expect(dependencies.toolchain.prepared).toBe(1));
  });

  it("brings all back after a reload, without build or deploy", async () => {
    await kernel.actions.start();
    await playground().write("src/index.ts", "edited");
    await kernel.actions.createFile("notes.txt", "x");
    await playground().settled();
    const before = state();
    await reload();
    const deploy = vi.spyOn(dependencies.engine, "deploy");
    await kernel.actions.start();
    expect(await answer()).toBe("edited");
    expect(state().workspace.id).toBe(before.workspace.id);
    expect(state().tabs).toEqual(before.tabs);
    expect(deploy).not.toHaveBeenCalled();
    expect(dependencies.toolchain.requests).toHaveLength(0);
  });

  it("starts again what the engine lost meanwhile", async () => {
    await kernel.actions.start();
    dependencies.engine.deployments.clear();
    await reload();
    await kernel.actions.start();
    expect(await answer()).toBe("prebuilt");
  });

  it("leaves an application stopped that was stopped", async () => {
    await kernel.actions.start();
    await kernel.actions.stop();
    await reload();
    await kernel.actions.start();
    expect(state().run).toMatchObject({ phase: "stopped", application: undefined });
    await expect(answer()).rejects.toMatchObject({ code: "not-running" });
  });

  it("refuses settings that cannot be, and sets none of them", async () => {
    await kernel.actions.start();
    await expect(playground().configure({ autoRun: false, liveInstances: 0 })).rejects.toMatchObject({
      code: "settings-invalid",
    });
    expect(state().autoRun).toBe(true);
    expect(dependencies.engine.limits).toEqual([]);
  });

  it("keeps auto-run off, and still brings the application back", async () => {
    await kernel.actions.start();
    await playground().configure({ autoRun: false, liveInstances: 3 });
    dependencies.engine.deployments.clear();
    await reload();
    await kernel.actions.start();
    expect(state().autoRun).toBe(false);
    expect(dependencies.engine.limits).toEqual([{ liveInstances: 3 }]);
    expect(await answer()).toBe("prebuilt");
  });

  it("knows after a reload whether the files were edited since, with auto-run off", async () => {
    await kernel.actions.start();
    await playground().configure({ autoRun: false });
    await reload();
    await kernel.actions.start();
    expect(isOutdated(state())).toBe(false);
    await playground().write("src/index.ts", "edited");
    await reload();
    await kernel.actions.start();
    expect(state().run.phase).toBe("running");
    expect(isOutdated(state())).toBe(true);
    await kernel.actions.run();
    expect(await answer()).toBe("edited");
    expect(isOutdated(state())).toBe(false);
  });

  it("runs the sample from memory when the browser stores nothing", async () => {
    const denied = new PlaygroundError("store-unavailable", "denied");
    vi.spyOn(dependencies.storage, "currentId").mockImplementation(() => {
      throw denied;
    });
    vi.spyOn(dependencies.storage, "create").mockRejectedValue(denied);
    await kernel.actions.start();
    expect(await answer()).toBe("prebuilt");
    expect(state().problem?.code).toBe("store-unavailable");
    expect(state().workspace.saved).toBe("failed");
  });

  it("gives way to a workspace that a script opens at once", async () => {
    const started = kernel.actions.start();
    await playground().open(echoFiles("opened"));
    await playground().up();
    expect(await answer()).toBe("opened");
    await started;
    expect(await playground().settled()).toEqual({ running: true, diagnostics: [] });
    expect(await answer()).toBe("opened");
    expect(state().workspace.files["src/index.ts"]).toBe("opened");
  });

  it("lets a script ask before the page knows which workspace is open", async () => {
    const started = kernel.actions.start();
    const files = await playground().files();
    const { url } = await playground().up();
    expect(Object.keys(files)).toContain("spin.toml");
    expect(url).toBe(state().run.application?.url);
    await started;
    await reload();
    void kernel.actions.start();
    expect(await playground().up()).toMatchObject({ url });
    expect(await answer()).toBe("prebuilt");
  });

  it("stays stopped when it is stopped before it is through", async () => {
    const started = kernel.actions.start();
    await playground().stop();
    await started;
    expect(state().run).toMatchObject({ phase: "stopped", application: undefined });
  });

  it("shows why there is no engine", async () => {
    dependencies.engine.fault = new PlaygroundError("browser-unsupported", "no JSPI");
    await kernel.actions.start();
    expect(state()).toMatchObject({
      problem: { code: "browser-unsupported", message: "no JSPI" },
      run: { phase: "failed" },
      workspace: { files: { "src/index.ts": "source of kv-counter" } },
    });
  });
});

describe("templates", () => {
  it("are built when nothing was built beforehand", async () => {
    await kernel.actions.openTemplate("http-ts");
    expect(await answer()).toBe("source of http-ts");
  });

  it("that do not exist change nothing", async () => {
    await kernel.actions.start();
    const { id } = state().workspace;
    await expect(kernel.actions.openTemplate("none")).rejects.toMatchObject({ code: "file-not-found" });
    expect(state().workspace.id).toBe(id);
  });
});

describe("playground", () => {
  it("opens files as a new workspace on an origin of its own", async () => {
    await kernel.actions.start();
    const first = state().run.application?.url;
    await playground().open(echoFiles("mine"));
    await playground().settled();
    expect(await answer()).toBe("mine");
    expect(state().run.application?.url).not.toBe(first);
    expect(state().logs).toEqual([]);
  });

  it("deploys an edit of a mounted file, without a build", async () => {
    const counter = { source: "a.wasm", command: "npm run build", mounts: { "index.html": "static/index.html" } };
    const manifest = manifestText({ components: { counter } });
    await playground().open({ "spin.toml": manifest, "src/index.ts": "x", "static/index.html": "<p>" });
    await playground().settled();
    const deployed = () => dependencies.engine.deployments.get(state().run.application?.url ?? "");
    const digests = Object.values(deployed()?.mounts["counter"]?.files ?? {});
    expect(Object.entries(deployed()?.contents ?? {})).toEqual([[digests[0], "<p>"]]);
    const generation = state().run.application?.generation ?? 0;

    await playground().write("static/index.html", "<p>edited");
    await playground().settled();
    expect(Object.values(deployed()?.contents ?? {})).toEqual(["<p>edited"]);
    expect(state().run.application?.generation).toBe(generation + 1);
    expect(dependencies.toolchain.requests).toHaveLength(1);

    // The very same application is not deployed again, although it would get another time.
    await reload();
    const deploy = vi.spyOn(dependencies.engine, "deploy");
    await kernel.actions.start();
    expect(state().run.phase).toBe("running");
    expect(deploy).not.toHaveBeenCalled();
  });

  it("refuses files that cannot be a workspace, and keeps the one that is open", async () => {
    await kernel.actions.start();
    await expect(playground().open({ "../x": "" })).rejects.toMatchObject({ code: "file-invalid" });
    expect(await answer()).toBe("prebuilt");
  });

  it("takes copies in and gives copies out", async () => {
    const bytes = new Uint8Array([0, 1]);
    await playground().open({ "x.bin": bytes });
    bytes[1] = 9;
    const files = await playground().files();
    expect(files["x.bin"]).toEqual(new Uint8Array([0, 1]));
    (files["x.bin"] ?? bytes)[1] = 7;
    expect((await playground().files())["x.bin"]).toEqual(new Uint8Array([0, 1]));
  });

  it("builds and reloads after a write, and gives the built component", async () => {
    await playground().open(echoFiles("one"));
    await playground().settled();
    await playground().write("src/index.ts", "two");
    expect((await playground().settled()).running).toBe(true);
    expect(await answer()).toBe("two");
    expect(new TextDecoder().decode((await playground().files())["dist/counter.wasm"])).toBe("two");
  });

  it("leaves the last good application running", async () => {
    await playground().open(echoFiles("one"));
    await playground().settled();
    await playground().write("src/index.ts", "error:no such name");
    expect(await playground().settled()).toMatchObject({ running: true, diagnostics: [{ message: "no such name" }] });
    expect(await answer()).toBe("one");
    await expect(playground().up()).rejects.toMatchObject({
      code: "build-failed",
      diagnostics: [{ file: "src/index.ts", line: 1 }],
    });
  });

  it("does nothing by itself with auto-run off, until asked", async () => {
    await playground().configure({ autoRun: false });
    await playground().open(echoFiles("one"));
    expect((await playground().settled()).running).toBe(false);
    expect(state().run.phase).toBe("stopped");
    await expect(answer()).rejects.toMatchObject({ code: "not-running" });
    expect(await playground().build()).toMatchObject({ components: [{ id: "counter", ok: true }] });
    expect(state().run.phase).toBe("stopped");
    const { url, routes } = await playground().up();
    expect(url).toBe(`http://${state().workspace.id}.play.localhost:5173`);
    expect(routes).toEqual([{ id: "counter", route: "/counter", wildcard: false }]);
  });

  it("tells with auto-run off whether the application is older than the files", async () => {
    await kernel.actions.start();
    const outdated = () => isOutdated(state());
    kernel.actions.setAutoRun(false);
    expect(outdated()).toBe(false);
    // What is built is not an edit, and comes later than the start here.
    await playground().files();
    expect(state().workspace.files).toHaveProperty("dist/counter.wasm");
    expect(outdated()).toBe(false);
    kernel.actions.edit("src/index.ts", "two");
    expect(outdated()).toBe(true);
    kernel.actions.edit("src/index.ts", "source of kv-counter");
    expect(outdated()).toBe(false);
    await kernel.actions.createFile("notes.txt");
    expect(outdated()).toBe(true);
    await kernel.actions.run();
    expect(outdated()).toBe(false);
    await kernel.actions.renamePath("notes.txt", "other.txt");
    expect(outdated()).toBe(true);
    await kernel.actions.stop();
    expect(outdated()).toBe(false);
  });

  it("takes Wasm that the person brings for an edit", async () => {
    await playground().configure({ autoRun: false });
    await playground().open({
      "spin.toml": manifestText({ components: { a: { source: "a.wasm" } } }),
      "a.wasm": bytes("one"),
    });
    await playground().up();
    expect(isOutdated(state())).toBe(false);
    await playground().write("a.wasm", bytes("two"));
    expect(isOutdated(state())).toBe(true);
  });

  it("leaves it to the failure to say that an older application runs", async () => {
    await kernel.actions.start();
    kernel.actions.setAutoRun(false);
    kernel.actions.edit("src/index.ts", "error:no");
    await kernel.actions.run();
    expect(state().run.stale).toBe(true);
    expect(isOutdated(state())).toBe(false);
  });

  it("keeps the application when only a file changed that nothing is built from, and says nothing then", async () => {
    await playground().open(echoFiles("one"));
    await playground().settled();
    const { generation } = state().run.application ?? {};
    await playground().write("mocks.json", "[]");
    await playground().settled();
    kernel.actions.setAutoRun(false);
    expect(state().run.application?.generation).toBe(generation);
    expect(isOutdated(state())).toBe(false);
  });

  it("checks a manifest without rejecting", async () => {
    await playground().open({ "spin.toml": "nonsense" });
    expect(await playground().check()).toMatchObject({ diagnostics: [{ file: "spin.toml", line: 1 }] });
    await playground().open(echoFiles("one"));
    expect(await playground().check()).toMatchObject({ lockedApp: { metadata: { name: "counter" } } });
  });

  it("marks responses with their request, and gives its trace", async () => {
    await kernel.actions.start();
    const response = await playground().request("/a", { method: "POST", body: "x" });
    const trace = await playground().trace(response.headers.get("spin-playground-request-id") ?? "");
    expect(trace).toMatchObject({ method: "POST", url: `${state().run.application?.url}/a` });
    expect(await playground().traces()).toEqual([trace]);
    await expect(playground().trace("none")).rejects.toMatchObject({ code: "file-not-found" });
  });

  it("reads and writes the application's key-value store", async () => {
    await kernel.actions.start();
    const store = playground().keyValue();
    await store.set("k", "text");
    expect(await store.get("k")).toEqual(new TextEncoder().encode("text"));
    expect(await store.keys()).toEqual(["k"]);
    await playground().keyValue("default").delete("k");
    expect(await store.get("k")).toBeUndefined();
    await expect(playground().keyValue("none").keys()).rejects.toMatchObject({ code: "store-unavailable" });
  });

  it("shows log lines at once", async () => {
    await kernel.actions.start();
    const line = { time: 1, component: "counter", stream: "stdout" as const, requestId: "r", text: "hello" };
    dependencies.engine.emit({ type: "log", line });
    expect(await playground().logs()).toEqual([line]);
  });

  it("has log lines and traces of what was answered, although they come after the answer", async () => {
    await kernel.actions.start();
    const line = { time: 1, component: "counter", stream: "stdout" as const, requestId: "r", text: "hello" };
    dependencies.engine.late.push({ type: "log", line });
    expect(await playground().logs()).toEqual([line]);
    const trace = { requestId: "r", method: "GET", url: "/", start: 1, status: 200, spans: [] };
    dependencies.engine.late.push({ type: "trace", trace });
    expect(await playground().traces()).toEqual([trace]);
    dependencies.engine.late.push({ type: "trace", trace: { ...trace, requestId: "of a page" } });
    expect(await playground().trace("of a page")).toMatchObject({ requestId: "of a page" });
  });

  it("deploys mocks and reports a fault in them", async () => {
    await playground().open({ ...echoFiles("one"), "mocks.json": '[{"url":"https://a/"}]' });
    await playground().settled();
    const { origin = "", deployments } = dependencies.engine;
    expect(deployments.get(origin)?.mocks).toEqual([{ url: "https://a/" }]);
  });

  it("removes and renames files as the editor does", async () => {
    await playground().open(echoFiles("one"));
    await playground().settled();
    await playground().rename("spin.toml", "other.toml");
    expect(await playground().settled()).toMatchObject({ running: true, diagnostics: [{ code: "manifest-missing" }] });
    await playground().rename("other.toml", "spin.toml");
    await playground().remove("src");
    await expect(playground().remove("src")).rejects.toMatchObject({ code: "file-not-found" });
  });
});
