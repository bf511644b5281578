import type { StudioActions } from "../kernel/actions.ts";
import type { StudioState } from "../kernel/state.ts";
import type { Arrival } from "../intake/read-drop.ts";
import type { CommandRegistry } from "./registry.ts";

declare module "./command.ts" {
  interface CommandMap {
    "workspace.open-files": Plain;
    "workspace.open-folder": Plain;
    "workspace.open-previous": Plain;
    "workspace.open-url": { arguments: { url: string }; result: void };
    "workspace.open-wasm": Plain;
    "workspace.replace-component": { arguments: { component: string }; result: void };
    "workspace.take-in": { arguments: { arrival: Arrival | Promise<Arrival> }; result: void };
    "workspace.go-on-watching": Plain;
    "workspace.stop-watching": Plain;
    "workspace.undo": Plain;
    "workspace.watch-folder": Plain;
  }
}

const wasmWaits = ({ arrivedWasm }: StudioState): boolean => arrivedWasm !== undefined;

/** Registers the ways in for what a person has: files, folders, zips and URLs. */
export function registerOpenCommands(registry: CommandRegistry, actions: StudioActions): void {
  const { arrivals, watchedFolder } = actions;
  registry.register({
    id: "workspace.open-files",
    title: "Open Wasm, a zip or files",
    category: "Workspace",
    async run() {
      const arrival = await (await import("../intake/pick.ts")).pickFiles();
      if (arrival !== undefined) await arrivals.take(arrival);
    },
  });
  registry.register({
    id: "workspace.open-folder",
    title: "Open a folder",
    category: "Workspace",
    async run() {
      const arrival = await (await import("../intake/pick.ts")).pickFolder();
      if (arrival !== undefined) await arrivals.take(arrival);
    },
  });
  registry.register({
    id: "workspace.open-url",
    title: "Open a URL",
    category: "Workspace",
    parameters: [{ name: "url", title: "URL of Wasm, a zip or a spin.toml" }],
    run: ({ url }) => arrivals.takeUrl(url),
  });
  registry.register({
    id: "workspace.watch-folder",
    title: "Watch a folder",
    category: "Workspace",
    async run() {
      const handle = await (await import("../intake/pick.ts")).pickFolderToWatch();
      if (handle !== undefined) await watchedFolder.watch(handle);
    },
  });
  registry.register({
    id: "workspace.go-on-watching",
    title: "Go on watching the folder",
    category: "Workspace",
    when: (state) => state.watchedFolder?.paused === true,
    run: () => watchedFolder.goOn(),
  });
  registry.register({
    id: "workspace.stop-watching",
    title: "Stop watching the folder",
    category: "Workspace",
    when: (state) => state.watchedFolder !== undefined,
    run: () => watchedFolder.stop(),
  });
  registry.register({
    id: "workspace.open-previous",
    title: "Back to the workspace before",
    category: "Workspace",
    run: () => actions.openPrevious(),
  });
  registry.register({
    id: "workspace.take-in",
    title: "Open what was dropped",
    category: "Workspace",
    run: ({ arrival }) => arrivals.take(arrival),
  });
  registry.register({
    id: "workspace.open-wasm",
    title: "Open the Wasm that waits as a new application",
    category: "Workspace",
    when: wasmWaits,
    run: () => arrivals.openAsNew(),
  });
  registry.register({
    id: "workspace.replace-component",
    title: "Replace a component by the Wasm that waits",
    category: "Workspace",
    parameters: [{ name: "component", title: "Component" }],
    when: wasmWaits,
    run: ({ component }) => arrivals.replace(component),
  });
  registry.register({
    id: "workspace.undo",
    title: "Undo what was opened last",
    category: "Workspace",
    when: ({ notice }) => notice?.canUndo === true,
    run: () => arrivals.undo(),
  });
}
