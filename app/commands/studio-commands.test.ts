import { beforeEach, expect, it, vi } from "vitest";
import type { StudioActions } from "../kernel/actions.ts";
import type { StudioState } from "../kernel/state.ts";
import { initialState } from "../kernel/store.ts";
import { createCommandRegistry, type CommandRegistry } from "./registry.ts";
import { registerStudioCommands } from "./studio-commands.ts";

const application = {
  url: "",
  name: "",
  routes: [],
  keyValueStores: [],
  components: [],
  generation: 1,
  madeFrom: undefined,
};
let state: StudioState;
let registry: CommandRegistry;
const actions = {
  run: vi.fn(),
  stop: vi.fn(),
  setAutoRun: vi.fn(),
  openFile: vi.fn(),
  createFile: vi.fn(),
  renamePath: vi.fn(),
  deletePath: vi.fn(),
  openTemplate: vi.fn(),
  sendRequest: vi.fn(),
  clearLogs: vi.fn(),
  downloadComponent: vi.fn(),
  downloadFile: vi.fn(),
};

beforeEach(() => {
  vi.resetAllMocks();
  state = { ...initialState(), workspace: { id: "w", files: {}, saved: "saved" } };
  registry = createCommandRegistry(() => state);
  registerStudioCommands(registry, actions as unknown as StudioActions, () => state.autoRun);
});

it("calls the actions with the arguments in their order", async () => {
  await registry.run("file.rename", { from: "a", to: "b" });
  expect(actions.renamePath).toHaveBeenCalledWith("a", "b");
  await registry.run("file.new", { path: "a" });
  expect(actions.createFile).toHaveBeenCalledWith("a", undefined);
  await registry.run("file.open", { path: "a", line: 3 });
  expect(actions.openFile).toHaveBeenCalledWith("a", { line: 3, column: 1 });
  await registry.run("workspace.open-template", { template: "http-ts" });
  expect(actions.openTemplate).toHaveBeenCalledWith("http-ts");
});

it("copies a path, and saves a file to the disk", async () => {
  const writeText = vi.fn();
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  await registry.run("file.copy-path", { path: "src/a.ts" });
  expect(writeText).toHaveBeenCalledWith("src/a.ts");
  await registry.run("file.download", { path: "src/a.ts" });
  expect(actions.downloadFile).toHaveBeenCalledWith("src/a.ts");
  vi.unstubAllGlobals();
});

it("turns auto-run to what it is not", async () => {
  await registry.run("application.toggle-auto-run");
  state = { ...state, autoRun: false };
  await registry.run("application.toggle-auto-run");
  expect(actions.setAutoRun.mock.calls).toEqual([[false], [true]]);
});

it("gives the response of a request", async () => {
  state = { ...state, run: { phase: "running", stale: false, application } };
  actions.sendRequest.mockResolvedValue({ status: 204 });
  const request = { method: "GET", path: "/", headers: [], body: undefined };
  expect(await registry.run("request.send", request)).toEqual({ status: 204 });
});

it("offers only what makes sense", () => {
  expect(registry.enabled("application.run")).toBe(true);
  expect(registry.enabled("application.stop")).toBe(false);
  expect(registry.enabled("request.send")).toBe(false);
  state = { ...state, run: { phase: "building", stale: false, application: undefined } };
  expect(registry.enabled("application.stop")).toBe(true);
  state = initialState();
  expect(registry.enabled("file.new")).toBe(false);
});

it("binds no two commands to the same keys", () => {
  const keys = registry.list().flatMap((command) => command.keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toContain("Mod+Enter");
});
