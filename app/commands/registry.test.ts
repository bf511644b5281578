import { beforeEach, describe, expect, it, vi } from "vitest";
import { initialState } from "../kernel/store.ts";
import { createCommandRegistry, type CommandRegistry } from "./registry.ts";

const enter = { key: "Enter", ctrlKey: true, metaKey: false, shiftKey: false, altKey: false };
let autoRun: boolean;
let registry: CommandRegistry;
const run = vi.fn();

beforeEach(() => {
  autoRun = true;
  run.mockReset();
  registry = createCommandRegistry(() => ({ ...initialState(), autoRun }));
  registry.register({
    id: "application.run",
    title: "Run",
    category: "Application",
    keys: "Mod+Enter",
    when: (state) => state.autoRun,
    run,
  });
  registry.register({ id: "file.new", title: "New", category: "File", keys: "Mod+N", parameters: [], run });
});

describe("command registry", () => {
  it("runs a command with its arguments and gives its result", async () => {
    run.mockReturnValue(undefined);
    await registry.run("file.new", { path: "a.ts" });
    expect(run).toHaveBeenCalledExactlyOnceWith({ path: "a.ts" });
  });

  it("passes on a command's failure", async () => {
    run.mockRejectedValue(new Error("taken"));
    await expect(registry.run("file.new", { path: "a.ts" })).rejects.toThrow("taken");
  });

  it("does not run what makes no sense now", async () => {
    autoRun = false;
    expect(registry.enabled("application.run")).toBe(false);
    await expect(registry.run("application.run")).rejects.toMatchObject({ code: "not-running" });
    expect(run).not.toHaveBeenCalled();
  });

  it("rejects an unknown command", async () => {
    await expect(registry.run("logs.clear")).rejects.toMatchObject({ code: "internal" });
    expect(registry.enabled("logs.clear")).toBe(false);
  });

  it("has each command once, until it is taken out", () => {
    const command = { id: "logs.clear", title: "Clear", category: "View", run } as const;
    const remove = registry.register(command);
    expect(() => registry.register(command)).toThrow("registered twice");
    remove();
    expect(registry.find("logs.clear")).toBeUndefined();
    registry.register(command);
    // The way out of the first registration is of no use against the second.
    remove();
    expect(registry.list().map(({ id }) => id)).toEqual(["application.run", "file.new", "logs.clear"]);
  });

  it("finds the enabled command of a key press, but none that needs arguments", () => {
    expect(registry.forKeys(enter, "other")?.id).toBe("application.run");
    expect(registry.forKeys({ ...enter, key: "n" }, "other")).toBeUndefined();
    autoRun = false;
    expect(registry.forKeys(enter, "other")).toBeUndefined();
  });
});
