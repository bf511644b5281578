import { beforeEach, describe, expect, it, vi } from "vitest";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { CheckedApplication } from "./check.ts";
import { createBuilds, type BuildOptions, type Builds } from "./builds.ts";
import type { FetchedComponents } from "./fetched-components.ts";
import type { FileContent } from "./file-content.ts";
import { createFakeToolchain, type FakeToolchain } from "./testing/fake-toolchain.ts";
import { fakeManifest, type FakeManifest } from "./testing/fake-manifest.ts";

let toolchain: FakeToolchain;
let builds: Builds;
const load = vi.fn();
const fetchComponent = vi.fn<FetchedComponents["load"]>();

function checked(components: FakeManifest["components"]): CheckedApplication {
  const reading = fakeManifest({ components });
  if ("diagnostics" in reading) throw new Error("unreachable");
  return { ...reading, mocks: [], runtime: { providers: [], keyValueStores: ["default"], databases: ["default"] } };
}
const run = (app: CheckedApplication, files: Record<string, FileContent>, options: Partial<BuildOptions> = {}) =>
  builds.build(app, files, { records: {}, signal: new AbortController().signal, ...options });
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

const one = checked({ a: { source: "dist/a.wasm", command: "npm run build" } });

beforeEach(() => {
  toolchain = createFakeToolchain();
  fetchComponent.mockReset();
  load.mockReset().mockResolvedValue({
    toolchains: [toolchain],
    mapStack: (line: string, map: string) => `${map}(${line})`,
  });
  builds = createBuilds({ load }, new Map(), { load: fetchComponent }, () => undefined);
});

describe("builds", () => {
  it("builds what has no Wasm yet, and puts it where the manifest says", async () => {
    const round = await run(one, { "src/index.ts": "hello", "spin.toml": "m" });
    expect(text(round.outputs["dist/a.wasm"])).toBe("hello");
    expect(round.components).toEqual([{ id: "a", ok: true, milliseconds: 5, diagnostics: [] }]);
    expect(toolchain.requests[0]).toMatchObject({ command: "npm run build", workdir: "", output: "dist/a.wasm" });
  });

  it("does not build twice from the same sources, nor load a toolchain for that", async () => {
    const files = { "src/index.ts": "hello" };
    const first = await run(one, files);
    load.mockClear();
    const built = { ...files, ...first.outputs, "spin.toml": "other route" };
    const second = await run(one, built, { records: first.records });
    expect(second).toMatchObject({ components: [], outputs: {}, records: first.records });
    expect(load).not.toHaveBeenCalled();
    const third = await run(one, built, { records: first.records, all: true });
    expect(third.components).toHaveLength(1);
  });

  it("builds again when a source changed or somebody replaced the Wasm", async () => {
    const files = { "src/index.ts": "hello" };
    const { outputs, records } = await run(one, files);
    expect((await run(one, { ...files, ...outputs, "src/index.ts": "2" }, { records })).components).toHaveLength(1);
    const replaced = { ...files, "dist/a.wasm": new Uint8Array([1]) };
    expect((await run(one, replaced, { records })).components).toHaveLength(1);
  });

  it("builds only the component an edit touches, in turn", async () => {
    const app = checked({
      a: { source: "a/a.wasm", command: "npm run build", workdir: "a" },
      b: { source: "b/b.wasm", command: "npm run build", workdir: "b" },
    });
    const files = { "a/src/index.ts": "1", "b/src/index.ts": "2" };
    const first = await run(app, files);
    expect(first.components.map(({ id }) => id)).toEqual(["a", "b"]);
    const edited = { ...files, ...first.outputs, "b/src/index.ts": "3" };
    const second = await run(app, edited, { records: first.records });
    expect(second.components.map(({ id }) => id)).toEqual(["b"]);
  });

  it("takes one Wasm file for several components when one of them builds it", async () => {
    const app = checked({
      a: { source: "dist/a.wasm" },
      b: { source: "dist/a.wasm", command: "npm run build" },
      c: { source: "dist/c.wasm" },
    });
    const round = await run(app, { "src/index.ts": "hello" });
    expect(round.components.map(({ id }) => id)).toEqual(["b"]);
    expect(round.diagnostics).toMatchObject([
      { code: "component-missing", message: expect.stringContaining('"c"') as string },
    ]);
  });

  it("does not build for an edit of a file that is mounted and no source", async () => {
    const mounts = { "i.html": "static/i.html", "index.ts": "src/index.ts", "a.wasm": "dist/a.wasm" };
    const app = checked({ a: { source: "dist/a.wasm", command: "npm run build", mounts } });
    const files = { "src/index.ts": "1", "static/i.html": "<p>" };
    const first = await run(app, files);
    const built = { ...files, ...first.outputs };
    const mounted = await run(app, { ...built, "static/i.html": "<p>2" }, { records: first.records });
    expect(mounted.components).toEqual([]);
    const source = await run(app, { ...built, "src/index.ts": "2" }, { records: first.records });
    expect(source.components).toHaveLength(1);
  });

  it("builds for such an edit where the toolchain does not say what it reads", async () => {
    toolchain.onBuild = () => ({ wasm: "x" });
    const app = checked({ a: { source: "a.wasm", command: "npm run build", mounts: { i: "static/i.html" } } });
    const first = await run(app, { "static/i.html": "<p>" });
    const edited = await run(app, { ...first.outputs, "static/i.html": "<p>2" }, { records: first.records });
    expect(edited.components).toHaveLength(1);
  });

  it("gives no built Wasm to the toolchain", async () => {
    await run(one, { "src/index.ts": "x", "dist/a.wasm": new Uint8Array([1]) });
    expect(Object.keys(toolchain.requests[0]?.files ?? {})).toEqual(["src/index.ts"]);
  });

  it("keeps what was built when another component fails", async () => {
    const app = checked({
      a: { source: "a.wasm", command: "npm run build", workdir: "a" },
      b: { source: "b.wasm", command: "npm run build", workdir: "b" },
    });
    const round = await run(app, { "a/src/index.ts": "1", "b/src/index.ts": "error:no such name" });
    expect(Object.keys(round.outputs)).toEqual(["a.wasm"]);
    expect(Object.keys(round.records)).toEqual(["a"]);
    expect(round.diagnostics).toMatchObject([{ severity: "error", message: "no such name", line: 1 }]);
  });

  it("shows the warnings of the last build until the next one", async () => {
    toolchain.onBuild = () => ({ wasm: "x", warning: "mind this" });
    const first = await run(one, { "src/index.ts": "x" });
    const files = { "src/index.ts": "x", ...first.outputs };
    const second = await run(one, files, { records: first.records });
    expect(second.diagnostics).toMatchObject([{ severity: "warning", message: "mind this" }]);
  });

  it("refuses an unknown command at its place and names the ways on", async () => {
    const app = checked({ a: { source: "target/a.wasm", command: "cargo build" } });
    const round = await run(app, { "src/lib.rs": "" });
    expect(round.diagnostics).toMatchObject([
      { severity: "error", code: "build-command-unknown", file: "spin.toml", line: 11 },
    ]);
    expect(round.diagnostics[0]?.message).toMatch(/cargo build.*drop the Wasm \(target\/a\.wasm\).*watch its folder/);
  });

  it("runs loaded Wasm of an unknown command with a warning, and refuses to build it when asked", async () => {
    const app = checked({ a: { source: "target/a.wasm", command: "cargo build" } });
    const files = { "src/lib.rs": "", "target/a.wasm": new Uint8Array([1]) };
    expect((await run(app, files)).diagnostics).toMatchObject([{ severity: "warning", code: "build-command-unknown" }]);
    expect(await run(app, files, { all: true })).toMatchObject({
      diagnostics: [{ severity: "error" }],
      components: [{ id: "a", ok: false }],
    });
  });

  it("runs Wasm that came without any source", async () => {
    const round = await run(one, { "spin.toml": "", "dist/a.wasm": new Uint8Array([1]) });
    expect(round).toMatchObject({ components: [], diagnostics: [] });
  });

  it("tells of missing Wasm at the manifest's source line", async () => {
    const app = checked({ a: { source: "a.wasm" }, b: { source: "b.wasm" }, c: {} });
    const round = await run(app, { "a.wasm": new Uint8Array([1]) });
    expect(round.diagnostics).toMatchObject([
      { code: "component-missing", file: "spin.toml", line: 20 },
      { code: "component-missing", file: "spin.toml", line: 30 },
    ]);
    expect(round.diagnostics[0]?.message).toContain("b.wasm");
  });

  it("is dropped by its signal, with the signal's reason", async () => {
    const controller = new AbortController();
    toolchain.onBuild = () => {
      controller.abort(new Error("newer"));
      return { wasm: "old" };
    };
    await expect(run(one, { "src/index.ts": "x" }, { signal: controller.signal })).rejects.toMatchObject({
      code: "build-superseded",
    });
    await expect(run(one, { "src/index.ts": "x" }, { signal: controller.signal })).rejects.toThrow("newer");
    expect(toolchain.requests).toHaveLength(1);
  });

  it("rejects with what hinders the toolchain itself", async () => {
    load.mockRejectedValue(new Error("no chunk"));
    await expect(run(one, { "src/index.ts": "x" })).rejects.toThrow("no chunk");
  });

  it("maps stack lines of a component that was built here", async () => {
    toolchain.onBuild = () => ({ wasm: "x", sourceMap: "map" });
    await run(one, { "src/index.ts": "x" });
    expect(builds.mapStack("a", "at 1:2")).toBe("map(at 1:2)");
    expect(builds.mapStack("b", "at 1:2")).toBe("at 1:2");
    builds.reset();
    expect(builds.mapStack("a", "at 1:2")).toBe("at 1:2");
  });
});

describe("components that are not built here", () => {
  const source = { source: "https://example.com/a.wasm", digest: "sha256:1" };

  it("come from their URL when they are to run, and are no concern of a build", async () => {
    fetchComponent.mockResolvedValue(new Uint8Array());
    const app = checked({ a: source });
    expect((await run(app, {})).diagnostics).toEqual([]);
    expect(fetchComponent.mock.calls[0]?.slice(0, 2)).toEqual(["a", { url: source.source, digest: source.digest }]);
    await run(app, {}, { all: true });
    expect(fetchComponent).toHaveBeenCalledTimes(1);
  });

  it("say at their source why they cannot be had", async () => {
    fetchComponent.mockRejectedValue(new PlaygroundError("component-unavailable", "It is gone."));
    expect((await run(checked({ a: source }), {})).diagnostics).toEqual([
      {
        severity: "error",
        code: "component-unavailable",
        message: 'Component "a" cannot be had. It is gone.',
        file: "spin.toml",
        line: 10,
        column: 1,
      },
    ]);
  });

  it("are refused where middleware stands before them", async () => {
    const app = checked({ a: { source: "a.wasm", middleware: ["auth"] }, b: { source: "a.wasm" } });
    const { diagnostics } = await run(app, { "a.wasm": new Uint8Array([1]) });
    expect(diagnostics).toMatchObject([{ severity: "error", code: "component-invalid", line: 14 }]);
    expect(diagnostics[0]?.message).toContain("middleware");
  });

  it("are refused where they need others composed into them, unless they are only built", async () => {
    const app = checked({ a: { source: "dist/a.wasm", command: "npm run build", dependencies: { "ns:pkg": {} } } });
    const files = { "src/index.ts": "hello" };
    const { diagnostics, components } = await run(app, files);
    expect(components).toEqual([]);
    expect(diagnostics).toMatchObject([{ severity: "error", code: "component-invalid", line: 12 }]);
    expect(diagnostics[0]?.message).toContain('composes the dependency "ns:pkg" into component "a"');
    expect(await run(app, files, { all: true })).toMatchObject({ components: [{ ok: true }], diagnostics: [] });
  });
});
