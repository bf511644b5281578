import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { VariablesProvider } from "../../runtime/manifest/variables-provider.ts";
import { createKernel, type Kernel } from "./kernel.ts";
import { isOutdated } from "./outdated.ts";
import { createStudioStore } from "./store.ts";
import { createFakeDependencies, type FakeDependencies, manifestText } from "./testing/fake-dependencies.ts";
import { createFakeEngine } from "./testing/fake-engine.ts";
import { createFakeStorage, type FakeStorage } from "./testing/fake-storage.ts";

let database = 0;
let current: FakeStorage;
let dependencies: FakeDependencies;
let kernel: Kernel;
const state = () => kernel.store.getState();
const playground = () => kernel.actions.playground;

function load(): void {
  const deployments = dependencies?.engine.deployments;
  dependencies = createFakeDependencies(`variables-${database}`, createFakeEngine(deployments), current);
  kernel = createKernel(dependencies, createStudioStore());
}
beforeEach(() => {
  database += 1;
  current = createFakeStorage();
  load();
});

const manifest = manifestText({
  components: { a: { source: "a.wasm", command: "npm run build" } },
  variables: { host: { default: "localhost" }, token: { secret: true, description: "For the API." } },
});
const files = { "spin.toml": manifest, "src/index.ts": "one" };
const vault: VariablesProvider = { type: "vault", url: "http://vault", token: "root", mount: "secret" };
const runtimeConfig = (...providers: VariablesProvider[]): string =>
  JSON.stringify({ providers, keyValueStores: ["default"], databases: ["default"] });
/** What the engine was given. */
const deployed = () => [...dependencies.engine.deployments.values()].at(-1)?.runtime.variables;

describe("a required variable without a value", () => {
  it("keeps the application from starting, in Spin's words and at its place", async () => {
    await playground().open(files);
    await expect(playground().up()).rejects.toMatchObject({
      code: "variables-missing",
      message: 'no provider resolved required variable(s): ["token"]',
      diagnostics: [{ code: "missing-variable", severity: "error", file: "spin.toml", line: 2, column: 1 }],
    });
    expect(state().missingVariables).toEqual({ names: ["token"], isAskedFor: true });
    expect(state().run.phase).toBe("failed");
    // Nothing was built for it.
    expect(dependencies.toolchain.requests).toHaveLength(0);
  });

  it("is asked for without haste when nobody ran it", async () => {
    await playground().open(files);
    await playground().settled();
    await playground().write("src/index.ts", "two");
    await playground().settled();
    expect(state().missingVariables).toEqual({ names: ["token"], isAskedFor: false });
  });

  it("leaves the last good application running", async () => {
    await playground().open({
      ...files,
      "spin.toml": manifestText({ components: { a: { source: "a.wasm" } } }),
      "a.wasm": new Uint8Array([1]),
    });
    await playground().up();
    await playground().write("spin.toml", manifest);
    expect(await playground().settled()).toMatchObject({ running: true, diagnostics: [{ code: "missing-variable" }] });
    expect(state().run.stale).toBe(true);
  });

  it("does not keep anything from being built", async () => {
    await playground().open(files);
    await playground().settled();
    expect(await playground().build()).toMatchObject({ components: [{ ok: true }] });
  });

  it("is not looked for where there is a Vault, as natively", async () => {
    await playground().open({ ...files, "runtime-config.toml": runtimeConfig(vault) });
    await playground().up();
    expect(deployed()).toEqual([vault, { type: "static", values: {} }]);
  });

  it("may come from the runtime config", async () => {
    const provider: VariablesProvider = { type: "static", values: { token: "t", other: "o" } };
    await playground().open({ ...files, "runtime-config.toml": runtimeConfig(provider) });
    await playground().up();
    expect(deployed()).toEqual([
      { type: "static", values: { token: "t" } },
      { type: "static", values: {} },
    ]);
  });
});

describe("values", () => {
  it("start what waits for them, and load it again when they change, without a build", async () => {
    await playground().open(files);
    await playground().settled();
    await playground().setVariable("token", "one");
    expect(await playground().settled()).toMatchObject({ running: true, diagnostics: [] });
    expect(state().missingVariables).toBeUndefined();
    const builds = dependencies.toolchain.requests.length;
    const generation = state().run.application?.generation ?? 0;
    await playground().setVariable("token", "two");
    await playground().settled();
    expect(deployed()).toEqual([{ type: "static", values: { token: "two" } }]);
    expect(state().run.application?.generation).toBe(generation + 1);
    expect(dependencies.toolchain.requests).toHaveLength(builds);
    // The same again is no change.
    await playground().setVariable("token", "two");
    await playground().settled();
    expect(state().run.application?.generation).toBe(generation + 1);
  });

  it("are kept over a reload, and belong to one workspace", async () => {
    await playground().open(files);
    await playground().setVariable("token", "kept");
    await playground().settled();
    load();
    await kernel.actions.start();
    expect(state().variables).toEqual({ token: "kept" });
    await playground().open(files);
    expect(state().variables).toEqual({});
  });

  it("are in no file", async () => {
    await playground().open(files);
    await playground().setVariable("token", "hidden");
    await playground().settled();
    const all = Object.values(await playground().files()).map((bytes) => new TextDecoder().decode(bytes));
    expect(all.join("\n")).not.toContain("hidden");
  });

  it("wait for a Run with auto-run off, and the studio knows so", async () => {
    await playground().open(files);
    await playground().setVariable("token", "one");
    await playground().settled();
    await playground().configure({ autoRun: false });
    expect(isOutdated(state())).toBe(false);
    await playground().setVariable("token", "two");
    await vi.waitFor(() => expect(state().workspace.saved).toBe("saved"));
    expect(isOutdated(state())).toBe(true);
    load();
    await kernel.actions.start();
    expect(isOutdated(state())).toBe(true);
    await playground().setVariable("token", "one");
    await kernel.actions.run();
    expect(isOutdated(state())).toBe(false);
  });

  it("are refused for what is no name of a variable", async () => {
    await playground().open(files);
    await expect(playground().setVariable("My-Token", "x")).rejects.toMatchObject({
      code: "settings-invalid",
      message: expect.stringContaining("invalid character 'M'") as string,
    });
  });

  it("are told with what the manifest says of the variables", async () => {
    await playground().open(files);
    await playground().setVariable("token", "");
    expect(await playground().variables()).toEqual([
      { name: "host", default: "localhost", required: false, secret: false, source: "default", usedBy: [] },
      {
        name: "token",
        description: "For the API.",
        required: true,
        secret: true,
        value: "",
        source: "value",
        usedBy: [],
      },
    ]);
    const provider: VariablesProvider = { type: "static", values: { token: "t" } };
    await playground().write("runtime-config.toml", runtimeConfig(provider, vault));
    expect((await playground().variables()).map(({ source }) => source)).toEqual(["vault", "runtime-config"]);
  });
});
