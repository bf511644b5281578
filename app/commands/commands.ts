import { studioStore } from "../kernel/store.ts";
import { createCommandRegistry, type CommandRegistry } from "./registry.ts";

/** The commands of this page. */
export const commandRegistry: CommandRegistry = createCommandRegistry(() => studioStore.getState());

/** Runs a command of this page; see `CommandRegistry.run`. */
export const runCommand: CommandRegistry["run"] = (id, ...args) => commandRegistry.run(id, ...args);
