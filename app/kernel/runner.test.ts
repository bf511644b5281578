import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PlaygroundError } from "../../runtime/errors.ts";
import { createBuilds } from "./builds.ts";
import { checkWorkspace } from "./check.ts";
import { type Deferred, deferred } from "../../runtime/deferred.ts";
import { createFindings, type Findings } from "./findings.ts";
import { createRunner, editPause, type Runner } from "./runner.ts";
import { createStudioStore, type StudioStore } from "./store.ts";
import { createFakeToolchain, type FakeResult, type FakeToolchain } from "./testing/fake-toolchain.ts";
import { readFakeManifest } from "./testing/fake-manifest.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";
import { newRecord } from "./workspace-storage.ts";

const manifest = JSON.stringify({ components: { a: { source: "a.wasm", command: "npm run build" } } });

let store: StudioStore;
let workspace: Workspace;
let toolchain: FakeToolchain;
let runner: Runner;
let findings: Findings;
/** What the fake engine was told to run, as text. */
let deployed: string[];
const deploy = vi.fn();
const stop = vi.fn();

const run = () => store.getState().run;
const messages = () => store.getState().diagnostics.map(({ message }) => message);
/** Lets digests (computed on another thread) and promises come to an end. */
const settle = () => runner.settled();
const edit = (text: string, path = "src/index.ts") => {
  workspace.write(path, text);
  runner.edited();
};
/** A build that ends when the test says so. */
function slowBuild(): Deferred<FakeResult> {
  const ending = deferred<FakeResult>();
  toolchain.onBuild = () => ending.promise;
  return ending;
}
const buildsBegun = (count: number) => vi.waitFor(() => expect(toolchain.requests).toHaveLength(count));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  deployed = [];
  store = createStudioStore();
  const autosave = { create: vi.fn(), change: vi.fn(), flush: vi.fn() };
  workspace = createWorkspace(store, autosave);
  workspace.show("w", { files: { "spin.toml": manifest, "src/index.ts": "one" }, record: newRecord(true) });
  toolchain = createFakeToolchain();
  const load = () => Promise.resolve({ toolchains: [toolchain], mapStack: (text: string) => text });
  deploy.mockReset().mockImplementation((_app: unknown, files: Record<string, Uint8Array>, { ifChanged }) => {
    const text = new TextDecoder().decode(files["a.wasm"]);
    if (ifChanged === true && run().application?.name === text) return Promise.resolve();
    deployed.push(text);
    const application = {
      url: "",
      name: text,
      routes: [],
      keyValueStores: [],
      components: [],
      generation: deployed.length,
      madeFrom: undefined,
    };
    store.setState((state) => ({ run: { ...state.run, application } }));
    return Promise.resolve();
  });
  stop.mockReset().mockImplementation(() => {
    store.setState((state) => ({ run: { ...state.run, application: undefined } }));
    return Promise.resolve();
  });
  findings = createFindings(store);
  runner = createRunner({
    store,
    workspace,
    check: (files) =>
      checkWorkspace(files, {
        readManifest: readFakeManifest,
        readMocks: () => Promise.resolve({ rules: [] }),
        readRuntimeConfig: () => Promise.reject(new Error("not used")),
      }),
    builds: createBuilds(
      { load },
      new Map(),
      { load: () => Promise.reject(new Error("not expected")) },
      () => undefined,
    ),
    deployer: { deploy, stop },
    findings,
  });
});
afterEach(() => vi.useRealTimers());

describe("a round", () => {
  it("checks, builds and starts, and shows each phase", async () => {
    const phases: string[] = [];
    store.subscribe(({ run: { phase } }) => phases.at(-1) !== phase && phases.push(phase));
    expect(await runner.run()).toEqual({ ok: true });
    expect(phases).toEqual(["building", "starting", "running"]);
    expect(deployed).toEqual(["one"]);
    expect(run()).toMatchObject({ phase: "running", stale: false });
    expect(workspace.record.builds).toHaveProperty("a");
  });

  it("begins after a pause in the edits, once", async () => {
    edit("two");
    vi.advanceTimersByTime(editPause - 1);
    edit("three");
    vi.advanceTimersByTime(editPause - 1);
    expect(runner.resting).toBe(false);
    expect(toolchain.requests).toHaveLength(0);
    vi.advanceTimersByTime(1);
    await settle();
    expect(deployed).toEqual(["three"]);
  });

  it("begins without one where the change is whole", async () => {
    store.setState(({ workspace: current }) => ({
      workspace: { ...current, files: { ...current.files, "src/index.ts": "two" } },
    }));
    runner.edited(0);
    vi.advanceTimersByTime(0);
    await settle();
    expect(deployed).toEqual(["two"]);
  });

  it("does not begin with auto-run off", () => {
    store.setState({ autoRun: false });
    edit("two");
    expect(runner.resting).toBe(true);
    vi.advanceTimersByTime(editPause);
    expect(runner.resting).toBe(true);
    expect(deploy).not.toHaveBeenCalled();
  });

  it.each(["with auto-run off", "after a stop"])("checks the manifest %s, after each pause in typing", async (when) => {
    workspace.write("src/index.ts", "error:fault");
    await runner.run();
    expect(messages()).toEqual(["fault"]);
    if (when === "after a stop") await runner.stop();
    else store.setState({ autoRun: false });

    edit("{", "spin.toml");
    vi.advanceTimersByTime(editPause - 1);
    edit("[", "spin.toml");
    vi.advanceTimersByTime(editPause - 1);
    expect(messages()).toEqual(["fault"]);
    vi.advanceTimersByTime(1);
    await vi.waitFor(() => expect(messages()).toEqual([expect.stringContaining("JSON"), "fault"]));
    edit(manifest, "spin.toml");
    vi.advanceTimersByTime(editPause);
    await vi.waitFor(() => expect(messages()).toEqual(["fault"]));
    expect(deploy).not.toHaveBeenCalled();
  });

  it("checks again after a run what was edited beside it", async () => {
    store.setState({ autoRun: false });
    workspace.write("src/index.ts", "two");
    const build = slowBuild();
    void runner.run();
    await buildsBegun(1);
    edit("{", "spin.toml");
    vi.advanceTimersByTime(editPause);
    await vi.waitFor(() => expect(messages()).toHaveLength(1));
    build.resolve({ wasm: "two" });
    await settle();
    expect(messages()).toEqual([]);
    vi.advanceTimersByTime(0);
    await vi.waitFor(() => expect(messages()).toEqual([expect.stringContaining("JSON")]));
  });

  it("keeps what was found while the application ran for as long as that very application runs", async () => {
    await runner.run();
    findings.hint({ severity: "warning", code: "outbound-denied", message: "denied" });
    edit("one");
    runner.edited(0);
    vi.advanceTimersByTime(0);
    await settle();
    expect(messages()).toEqual(["denied"]);
    edit("two");
    vi.advanceTimersByTime(editPause);
    await settle();
    expect(messages()).toEqual([]);
  });

  it("tells the deployer whether the same application may stay", async () => {
    await runner.run();
    await runner.catchUp();
    expect(deploy.mock.calls.map(([, , options]: unknown[]) => options)).toEqual([
      { ifChanged: false },
      { ifChanged: true },
    ]);
  });
});

describe("a failure", () => {
  beforeEach(() => runner.run());

  it("of the build leaves the last good application, and success clears it", async () => {
    edit("error:unexpected }");
    vi.advanceTimersByTime(editPause);
    expect(await settle()).toMatchObject({ ok: false, error: { code: "build-failed" } });
    expect(run()).toMatchObject({ phase: "running", stale: true, application: { name: "one" } });
    expect(messages()).toEqual(["unexpected }"]);
    edit("two");
    vi.advanceTimersByTime(editPause);
    await settle();
    expect(run()).toMatchObject({ phase: "running", stale: false, application: { name: "two" } });
    expect(messages()).toEqual([]);
  });

  it("of the manifest is shown at its place and builds nothing", async () => {
    edit("no manifest", "spin.toml");
    vi.advanceTimersByTime(editPause);
    expect(await settle()).toMatchObject({ ok: false, error: { code: "manifest-invalid" } });
    expect(store.getState().diagnostics).toMatchObject([{ file: "spin.toml", line: 1 }]);
    expect(run().stale).toBe(true);
    expect(toolchain.requests).toHaveLength(1);
  });

  it("of the engine to load the component is a diagnostic", async () => {
    deploy.mockRejectedValueOnce(new PlaygroundError("component-invalid", "bad magic"));
    edit("two");
    vi.advanceTimersByTime(editPause);
    await settle();
    expect(store.getState()).toMatchObject({ problem: undefined, run: { stale: true, phase: "running" } });
    expect(store.getState().diagnostics).toMatchObject([{ code: "component-invalid", file: "spin.toml" }]);
  });

  it("leaves what other parts have to say", async () => {
    const problem = { code: "file-invalid", message: "A folder cannot be read." } as const;
    store.setState({ problem });
    await runner.run();
    expect(store.getState().problem).toBe(problem);
  });

  it("of the surroundings is a problem, overcome by the next success", async () => {
    toolchain.onBuild = () => Promise.reject(new PlaygroundError("pack-unavailable", "offline"));
    edit("two");
    vi.advanceTimersByTime(editPause);
    await settle();
    expect(store.getState().problem).toEqual({ code: "pack-unavailable", message: "offline" });
    expect(messages()).toEqual([]);
    toolchain.onBuild = () => ({ wasm: "three" });
    await runner.run();
    expect(store.getState().problem).toBeUndefined();
  });
});

it("has failed when nothing ran before", async () => {
  edit("error:no");
  await runner.run();
  expect(run()).toMatchObject({ phase: "failed", stale: false, application: undefined });
});

describe("the newest edit", () => {
  it("drops the build under way, whose result is nowhere to be seen", async () => {
    const ending = slowBuild();
    const running = runner.run();
    await buildsBegun(1);
    toolchain.onBuild = () => ({ wasm: "two" });
    edit("two");
    vi.advanceTimersByTime(editPause);
    ending.resolve({ wasm: "old" });
    expect(await running).toEqual({ ok: true });
    expect(deployed).toEqual(["two"]);
    expect(run()).toMatchObject({ phase: "running", stale: false });
  });

  it("decides although the older round fails later", async () => {
    const ending = slowBuild();
    void runner.run();
    await buildsBegun(1);
    toolchain.onBuild = () => ({ wasm: "two" });
    edit("two");
    vi.advanceTimersByTime(editPause);
    await settle();
    ending.resolve({ error: "old and wrong" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(messages()).toEqual([]);
    expect(run().phase).toBe("running");
  });

  it("wins over an older application that is just being started", async () => {
    const starting = deferred();
    deploy.mockReturnValueOnce(starting.promise);
    void runner.run();
    await vi.waitFor(() => expect(deploy).toHaveBeenCalledTimes(1));
    edit("two");
    vi.advanceTimersByTime(editPause);
    starting.reject(new PlaygroundError("build-superseded", "newer"));
    await settle();
    expect(deployed).toEqual(["two"]);
    expect(messages()).toEqual([]);
  });
});

describe("stop", () => {
  it("drops the round, and edits start nothing until run", async () => {
    const ending = slowBuild();
    const running = runner.run();
    await buildsBegun(1);
    await runner.stop();
    ending.resolve({ wasm: "old" });
    expect(await running).toMatchObject({ ok: false, error: { code: "build-superseded" } });
    edit("two");
    expect(runner.resting).toBe(true);
    expect(run()).toMatchObject({ phase: "stopped", application: undefined });
    toolchain.onBuild = () => ({ wasm: "two" });
    await runner.run();
    expect(run().phase).toBe("running");
  });
});

describe("build", () => {
  it("builds all without starting", async () => {
    expect(await runner.build()).toMatchObject([{ id: "a", ok: true }]);
    expect(await runner.build()).toMatchObject([{ id: "a", ok: true }]);
    expect(toolchain.requests).toHaveLength(2);
    expect(deploy).not.toHaveBeenCalled();
    expect(run().phase).toBe("stopped");
  });

  it("gives the failed component, and rejects for a wrong manifest", async () => {
    workspace.write("src/index.ts", "error:no");
    expect(await runner.build()).toMatchObject([{ id: "a", ok: false, diagnostics: [{ message: "no" }] }]);
    workspace.write("spin.toml", "no");
    await expect(runner.build()).rejects.toMatchObject({ code: "manifest-invalid" });
  });

  it("goes on with the edit that it came before", async () => {
    edit("two");
    await runner.build();
    vi.advanceTimersByTime(editPause);
    await settle();
    expect(deployed).toEqual(["two"]);
  });
});
