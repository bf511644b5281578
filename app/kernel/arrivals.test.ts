import "fake-indexeddb/auto";
import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { IncomingFile } from "../intake/incoming-file.ts";
import type { Arrival } from "../intake/read-drop.ts";
import { echoFiles, manifestText } from "./testing/fake-dependencies.ts";
import { bytes, dependencies, kernel, load, playground, reload, state } from "./testing/kernel-under-test.ts";

const component = (export_: string): Promise<Uint8Array> =>
  parse(`(component (import "i" (instance $i)) (export "${export_}" (instance $i)))`);
const given = (path: string, content: string | Uint8Array): IncomingFile => {
  const read = Uint8Array.from(typeof content === "string" ? bytes(content) : content);
  return { path, size: read.length, bytes: () => Promise.resolve(read) };
};
const arrival = (files: IncomingFile[], isFolder = false): Arrival => ({ name: "shop", files, isFolder });
const arrivals = () => kernel.actions.arrivals;
const paths = () => Object.keys(state().workspace.files);
let hello: IncomingFile;

beforeEach(async () => {
  hello = given("hello.wasm", await component("wasi:http/incoming-handler@0.2.3"));
  await playground().open(echoFiles("one"));
  await playground().settled();
});

describe("Wasm", () => {
  it("waits for a word where there is a manifest, and becomes an application", async () => {
    const { id } = state().workspace;
    await arrivals().take(arrival([hello]));
    expect(state().arrivedWasm).toEqual({
      names: ["hello.wasm"],
      replaceable: [{ id: "counter", source: "dist/counter.wasm" }],
    });
    expect(state().workspace.id).toBe(id);
    await arrivals().openAsNew();
    expect(paths()).toEqual(["hello.wasm", "spin.toml"]);
    expect(state()).toMatchObject({ arrivedWasm: undefined, notice: { canUndo: true } });
    expect(state().notice?.message).toContain('route "/..."');

    await arrivals().undo();
    expect(state().workspace.id).toBe(id);
    expect(state().workspace.files["src/index.ts"]).toBe("one");
    expect(state().notice).toBeUndefined();
    // The way back leads there again.
    await kernel.actions.openPrevious();
    expect(paths()).toEqual(["hello.wasm", "spin.toml"]);
  });

  it("takes the place of a component's, is not built over, and goes away again", async () => {
    const old = state().workspace.files["dist/counter.wasm"];
    const builds = dependencies.toolchain.requests.length;
    await arrivals().take(arrival([hello]));
    await arrivals().replace("counter");
    await playground().settled();
    expect(state().workspace.files["dist/counter.wasm"]).toEqual(await hello.bytes());
    expect(dependencies.toolchain.requests.length).toBe(builds);
    expect(
      Object.values(dependencies.engine.deployments.get(dependencies.engine.origin ?? "")?.components ?? {}),
    ).toEqual([expect.objectContaining({ bytes: await hello.bytes() })]);
    await arrivals().undo();
    await playground().settled();
    expect(state().workspace.files["dist/counter.wasm"]).toEqual(old);
    expect(dependencies.toolchain.requests.length).toBe(builds);
  });

  it("brings the manifest to a workspace without one", async () => {
    await playground().open({ "index.html": "page" });
    const { id } = state().workspace;
    await arrivals().take(arrival([hello]));
    expect(state().workspace.id).toBe(id);
    expect(paths().sort()).toEqual(["hello.wasm", "index.html", "spin.toml"]);
    await arrivals().undo();
    expect(paths()).toEqual(["index.html"]);
  });

  it("puts a component that goes by the file's name first", async () => {
    const components = { other: { source: "other.wasm" }, greeter: { source: "target/release/hel_lo.wasm" } };
    await playground().open({ "spin.toml": manifestText({ components }) });
    await arrivals().take(arrival([{ ...hello, path: "hel-lo.wasm" }]));
    expect(state().arrivedWasm?.replaceable.map(({ id }) => id)).toEqual(["greeter", "other"]);
    arrivals().dismiss();
    expect(state().arrivedWasm).toBeUndefined();
  });
});

it("opens a folder as a workspace, and says what was left out; a reload does not forget the way back", async () => {
  const { id } = state().workspace;
  const files = [given("spin.toml", manifestText({ components: {} })), given("a.txt", "a"), given("target/x", "x")];
  await arrivals().take(arrival(files, true));
  expect(paths()).toEqual(["spin.toml", "a.txt"]);
  expect(state().notice?.message).toContain("Opened shop: 2 files. 1 file left out");
  await reload();
  await kernel.actions.start();
  await kernel.actions.openPrevious();
  expect(state().workspace.id).toBe(id);
});

it("takes other files into the workspace, and out again", async () => {
  await arrivals().take(arrival([given("notes.txt", "a"), given("src/index.ts", "two")]));
  expect(state().workspace.files).toMatchObject({ "notes.txt": "a", "src/index.ts": "two" });
  await arrivals().undo();
  expect(state().workspace.files).toMatchObject({ "src/index.ts": "one" });
  expect(paths()).not.toContain("notes.txt");
});

describe("what is wrong is said, and leaves all as it is:", () => {
  const unread = { path: "big.wasm", size: 300 * 1024 * 1024, bytes: () => Promise.reject(new Error("It was read.")) };
  it.each<[string, () => Promise<IncomingFile[]>, string, string]>([
    ["300 MB", async () => [unread], "limit-exceeded", "big.wasm has 300 MiB"],
    ["no Wasm", async () => [given("a.wasm", "text")], "component-invalid", "not a WebAssembly file"],
    ["another world", async () => [given("a.wasm", await component("x:y/z"))], "component-invalid", "`x:y/z`"],
    ["no zip", async () => [given("a.zip", "text")], "file-invalid", "no whole zip"],
    ["a mixture", async () => [hello, given("a.txt", "")], "manifest-missing", "no spin.toml"],
    ["nothing", async () => [], "file-invalid", "No file"],
    ["a path out", async () => [given("../a", "x")], "file-invalid", "leaves its folder"],
  ])("%s", async (_name, files, code, message) => {
    // What `load` wrote is on its way to the storage: its end is no change of the workspace.
    await vi.waitUntil(() => state().workspace.saved === "saved");
    const before = state();
    await expect(files().then((all) => arrivals().take(arrival(all)))).rejects.toBeInstanceOf(PlaygroundError);
    expect(state().problem).toMatchObject({ code, message: expect.stringContaining(message) as string });
    expect(state().workspace).toEqual(before.workspace);
    expect(state().run).toBe(before.run);
  });
});

describe("a URL", () => {
  const net: Record<string, Uint8Array> = {};
  beforeEach(() => {
    load("urls");
    dependencies.engine.download = (url) => {
      const found = net[url];
      if (found === undefined) return Promise.reject(new PlaygroundError("component-unavailable", "HTTP status 404"));
      return Promise.resolve(Uint8Array.from(found));
    };
  });

  it("brings a manifest with the Wasm beside it", async () => {
    const text =
      'spin_manifest_version = 2\n[component.a]\nsource = "out/a.wasm"\nfiles = ["x"]\n[component.b]\nsource = "b.wasm"\n';
    net["https://example.com/app/spin.toml"] = bytes(text);
    net["https://example.com/app/out/a.wasm"] = await hello.bytes();
    await arrivals().takeUrl("https://example.com/app/spin.toml");
    expect(paths()).toEqual(["spin.toml", "out/a.wasm"]);
    expect(state().notice?.message).toContain("b.wasm could not be fetched: HTTP status 404.");
    expect(state().notice?.message).toContain("Files that it mounts were not fetched");
  });

  it("brings Wasm, whatever its address is like", async () => {
    net["https://example.com/get?id=4"] = await hello.bytes();
    await playground().open({ a: "" });
    await arrivals().takeUrl(" https://example.com/get?id=4 ");
    expect(paths().sort()).toEqual(["a", "get.wasm", "spin.toml"]);
  });

  it.each([
    ["not a URL", "file-invalid", "is no URL"],
    ["https://example.com/none.wasm", "component-unavailable", "404"],
    ["https://example.com/page", "file-invalid", "looks like a web page"],
  ])("says what is wrong with %s", async (url, code, message) => {
    net["https://example.com/page"] = bytes("<!doctype html>");
    await expect(arrivals().takeUrl(url)).rejects.toMatchObject({ code });
    expect(state().problem?.message).toContain(message);
  });
});
