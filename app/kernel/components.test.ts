import { describe, expect, it } from "vitest";
import type { LockedApp, LockedComponent } from "../../runtime/manifest/locked-app.ts";
import { buildCommand, componentInputs, inputDigest, outputPath, workdirOf } from "./components.ts";

const component = (id: string, source: string, workdir?: string, command: string | string[] = "npm run build") =>
  ({
    id,
    metadata: { build: { command, ...(workdir === undefined ? {} : { workdir }) } },
    source: { content_type: "application/wasm", source },
  }) satisfies LockedComponent;
const app = (...components: LockedComponent[]): LockedApp => ({
  spin_lock_version: 1,
  metadata: { name: "app" },
  variables: {},
  triggers: [],
  components,
});

describe("outputPath", () => {
  it.each([
    ["dist/a.wasm", "dist/a.wasm"],
    ["./dist//a.wasm", "dist/a.wasm"],
    ["../a.wasm", undefined],
    ["https://example.com/a.wasm", undefined],
  ])("%s is %s", (source, path) => expect(outputPath(component("a", source))).toBe(path));

  it("is none for a component of a registry", () => {
    const remote = { ...component("a", ""), source: { content_type: "application/wasm" as const, digest: "sha256:1" } };
    expect(outputPath(remote)).toBeUndefined();
  });
});

it("reads command and working directory", () => {
  expect(buildCommand(component("a", "a.wasm", "./x/", ["npm install", "npm run build"]))).toBe(
    "npm install && npm run build",
  );
  expect(buildCommand(component("a", "a.wasm", undefined, " "))).toBeUndefined();
  expect(workdirOf(component("a", "a.wasm", "./x/"))).toBe("x");
  expect(workdirOf(component("a", "a.wasm"))).toBe("");
});

describe("componentInputs", () => {
  const a = component("a", "a/dist/a.wasm", "a");
  const b = component("b", "b/dist/b.wasm", "b");
  const files = {
    "spin.toml": "",
    "mocks.json": "",
    "a/index.ts": "a",
    "a/spin.toml": "inner",
    "a/dist/a.wasm": new Uint8Array(1),
    "b/index.ts": "b",
    "shared/x.ts": "x",
  };

  it("takes its own folder and shared files, neither outputs nor the manifest", () => {
    expect(Object.keys(componentInputs(app(a, b), a, files)).sort()).toEqual([
      "a/index.ts",
      "a/spin.toml",
      "shared/x.ts",
    ]);
  });

  it("changes the digest for an input and the command alone", async () => {
    const both = { lockedApp: app(a, b), mounts: {} };
    const digest = await inputDigest(both, a, files);
    expect(await inputDigest(both, a, { ...files, "b/index.ts": "2", "spin.toml": "2" })).toBe(digest);
    expect(await inputDigest(both, a, { ...files, "shared/x.ts": "2" })).not.toBe(digest);
    expect(await inputDigest(both, a, { ...files, "a/new.ts": "" })).not.toBe(digest);
    const other = component("a", "a/dist/a.wasm", "a", "make");
    expect(await inputDigest({ lockedApp: app(other, b), mounts: {} }, other, files)).not.toBe(digest);
  });

  it("takes no content of a mounted file that the last build did not read", async () => {
    const mounting = { lockedApp: app(a, b), mounts: { b: { "x.ts": "shared/x.ts", "y.ts": "a/index.ts" } } };
    const digest = await inputDigest(mounting, a, files, ["a/index.ts"]);
    expect(await inputDigest(mounting, a, { ...files, "shared/x.ts": "2" }, ["a/index.ts"])).toBe(digest);
    expect(await inputDigest(mounting, a, { ...files, "a/index.ts": "2" }, ["a/index.ts"])).not.toBe(digest);
    // That it is there may change what an import means.
    const { "shared/x.ts": _gone, ...without } = files;
    expect(await inputDigest(mounting, a, without, ["a/index.ts"])).not.toBe(digest);
    // A toolchain that does not say what it reads may have read anything.
    const unknown = await inputDigest(mounting, a, files);
    expect(await inputDigest(mounting, a, { ...files, "shared/x.ts": "2" })).not.toBe(unknown);
  });
});
