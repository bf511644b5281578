import { commandRegistry } from "../commands/commands.ts";
import { registerOpenCommands } from "../commands/open-commands.ts";
import { registerStudioCommands } from "../commands/studio-commands.ts";
import { browserDependencies } from "./browser-dependencies.ts";
import { createKernel, type Kernel } from "./kernel.ts";

/**
 * The kernel of this page, with its commands registered and `window.playground` in place; call once. Nothing is opened
 * before `actions.start()`, which a page calls as early as it can: it never rejects.
 */
export function createBrowserKernel(): Kernel {
  const kernel = createKernel(browserDependencies());
  registerStudioCommands(commandRegistry, kernel.actions, () => kernel.store.getState().autoRun);
  registerOpenCommands(commandRegistry, kernel.actions);
  globalThis.playground = kernel.actions.playground;
  return kernel;
}
