import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { manifestText } from "./testing/fake-dependencies.ts";
import { answer, bytes, dependencies, kernel, playground, state } from "./testing/kernel-under-test.ts";

describe("actions", () => {
  it("send a request and give its whole story", async () => {
    await kernel.actions.start();
    const response = await kernel.actions.sendRequest({ method: "GET", path: "/x", headers: [], body: undefined });
    expect(new TextDecoder().decode(response.body)).toBe("prebuilt");
    expect(response).toMatchObject({ status: 200, trace: { url: `${state().run.application?.url}/x` } });
  });

  it("follow renames and removals with the tabs", async () => {
    await kernel.actions.start();
    await kernel.actions.renamePath("src", "source");
    expect(state().tabs).toEqual({ open: ["source/index.ts"], active: "source/index.ts" });
    await kernel.actions.deletePath("source/index.ts");
    expect(state().tabs).toEqual({ open: [], active: undefined });
    await expect(kernel.actions.createFile("spin.toml")).rejects.toMatchObject({ code: "file-invalid" });
  });

  it("show a place only in a file that is there", async () => {
    await kernel.actions.start();
    kernel.actions.openFile("spin.toml", { line: 2, column: 3 });
    expect(state()).toMatchObject({ tabs: { active: "spin.toml" }, reveal: { path: "spin.toml", line: 2, column: 3 } });
    kernel.actions.openFile("gone.ts", { line: 1, column: 1 });
    expect(state().tabs.active).toBe("spin.toml");
  });

  it("replace the type errors of one file", () => {
    const found = (file: string, message: string) => ({ severity: "error" as const, code: "ts", message, file });
    kernel.actions.setTypeDiagnostics("a.ts", [found("a.ts", "1")]);
    kernel.actions.setTypeDiagnostics("b.ts", [found("b.ts", "2")]);
    kernel.actions.setTypeDiagnostics("a.ts", []);
    expect(state().typeDiagnostics.map(({ message }) => message)).toEqual(["2"]);
  });

  it("save a component to the disk", async () => {
    await kernel.actions.start();
    await kernel.actions.downloadComponent("counter");
    expect(dependencies.savedFiles).toEqual([{ name: "counter.wasm", bytes: new TextEncoder().encode("prebuilt") }]);
    await expect(kernel.actions.downloadComponent("none")).rejects.toMatchObject({ code: "component-missing" });
  });
});

it("saves a file to the disk", async () => {
  await kernel.actions.start();
  kernel.actions.downloadFile("src/index.ts");
  expect(dependencies.savedFiles).toEqual([{ name: "index.ts", bytes: bytes("source of kv-counter") }]);
  expect(() => kernel.actions.downloadFile("none")).toThrow("There is no file none");
});

describe("a lost engine", () => {
  it("is replaced, and the application started in the new one", async () => {
    await kernel.actions.start();
    dependencies.engine.deployments.clear();
    dependencies.engine.lose();
    expect((await playground().settled()).running).toBe(true);
    expect(await answer()).toBe("prebuilt");
  });

  it("is not replaced for ever", async () => {
    await kernel.actions.start();
    for (let count = 0; count < 4; count += 1) {
      dependencies.engine.lose();
      await playground().settled();
    }
    expect(state()).toMatchObject({ problem: { code: "engine-unavailable" }, run: { application: undefined } });
    await kernel.actions.run();
    expect(await answer()).toBe("prebuilt");
  });

  it("of a stopped application starts nothing", async () => {
    await kernel.actions.start();
    await kernel.actions.stop();
    dependencies.engine.lose();
    expect((await playground().settled()).running).toBe(false);
  });
});

it("tells of a component whose Wasm is missing, at the manifest's line", async () => {
  await playground().open({ "spin.toml": manifestText({ components: { a: { source: "a.wasm" } } }) });
  expect(await playground().settled()).toMatchObject({
    running: false,
    diagnostics: [{ code: "component-missing", file: "spin.toml", line: 10 }],
  });
  await playground().write("a.wasm", new TextEncoder().encode("loaded"));
  expect((await playground().settled()).running).toBe(true);
  expect(await answer()).toBe("loaded");
});
