import { noHandler } from "../component/handler-messages.ts";
import { PlaygroundError } from "../errors.ts";
import { moduleHandlers } from "../host/core-module-facts.ts";
import { readHttpTrigger } from "../manifest/http-trigger.ts";
import type { LockedApp } from "../manifest/locked-app.ts";

/**
 * Checks at the start, as Spin does, that each HTTP trigger calls its component in a way in which it can be called: commands
 * by the WAGI executor, and nothing else by it. Fails with `component-invalid`.
 *
 * @param handlers what answers requests, by component id, see `PreparedComponent.handler`
 */
export function requireExecutors(
  { triggers }: Pick<LockedApp, "triggers">,
  handlers: ReadonlyMap<string, string>,
): void {
  for (const trigger of triggers) {
    if (trigger.trigger_type !== "http") continue;
    const { component = "", executor } = readHttpTrigger(trigger);
    const handler = handlers.get(component);
    if (handler === undefined) continue;
    const isCommand = handler === moduleHandlers.command;
    if (executor?.type === "wagi" && !isCommand) {
      throw invalid(
        `failed to find wasi command interface for wagi executor. Component "${component}" exports \`${handler}\`, which is ` +
          "called without an executor.",
      );
    }
    if (executor?.type !== "wagi" && isCommand) {
      throw invalid(
        `${noHandler([handler])} Component "${component}" is a command: its trigger needs \`executor = { type = "wagi" }\`.`,
      );
    }
  }
}

function invalid(message: string): PlaygroundError {
  return new PlaygroundError("component-invalid", message);
}
