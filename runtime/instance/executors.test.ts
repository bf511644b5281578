import { describe, expect, it } from "vitest";
import { requireExecutors } from "./executors.ts";

const trigger = (component: string | undefined, executor?: Record<string, unknown>) => ({
  id: "t",
  trigger_type: "http",
  trigger_config: {
    route: "/...",
    ...(component === undefined ? { static_response: {} } : { component }),
    ...(executor === undefined ? {} : { executor }),
  },
});
const handlers = new Map([
  ["http", "wasi:http/incoming-handler@0.2.10"],
  ["old", "handle-http-request"],
  ["program", "_start"],
]);

describe("the executors of triggers", () => {
  it.each([
    ["http", undefined],
    ["http", { type: "http" }],
    ["old", undefined],
    ["program", { type: "wagi" }],
    ["without-wasm", { type: "wagi" }],
    [undefined, undefined],
  ])("fit: %s by %j", (component, executor) => {
    requireExecutors({ triggers: [trigger(component, executor)] }, handlers);
  });

  it.each([["http"], ["old"]])("are refused where the component %s is no command", (component) => {
    const triggers = [trigger(component), trigger(component, { type: "wagi" })];
    expect(() => requireExecutors({ triggers }, handlers)).toThrow(
      /^failed to find wasi command interface for wagi executor\. Component "\w+" exports/,
    );
  });

  it("are refused where a command is to answer by itself", () => {
    expect(() => requireExecutors({ triggers: [trigger("program")] }, handlers)).toThrow(
      /^Expected component to export one of .* It exported `_start`\. Component "program" is a command/,
    );
  });
});
