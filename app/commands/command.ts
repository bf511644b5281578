import type { StudioRequest, StudioResponse } from "../kernel/actions.ts";
import type { StudioState } from "../kernel/state.ts";

/**
 * Every command by its id, with what it takes and gives. Whoever registers further commands (panels, terminal) adds
 * to it by declaration merging: `declare module ".../command.ts" { interface CommandMap { "panel.log": Plain } }`.
 */
export interface CommandMap {
  "application.run": Plain;
  "application.stop": Plain;
  "application.toggle-auto-run": Plain;
  "component.download": { arguments: { component: string }; result: void };
  "component.download-wat": { arguments: { component: string }; result: void };
  "file.copy-path": { arguments: { path: string }; result: void };
  "file.delete": { arguments: { path: string }; result: void };
  "file.download": { arguments: { path: string }; result: void };
  "file.new": { arguments: { path: string; content?: string }; result: void };
  "file.open": { arguments: { path: string; line?: number; column?: number }; result: void };
  "file.rename": { arguments: { from: string; to: string }; result: void };
  "logs.clear": Plain;
  "request.send": { arguments: StudioRequest; result: StudioResponse };
  "workspace.open-template": { arguments: { template: string }; result: void };
}

/** A command that takes nothing and gives nothing. */
export interface Plain {
  arguments: undefined;
  result: void;
}

export type CommandId = keyof CommandMap;
export type CommandArguments<Id extends CommandId> = CommandMap[Id]["arguments"];
export type CommandResult<Id extends CommandId> = CommandMap[Id]["result"];

/** One thing the studio can do: shown in the toolbar and the palette, bound to keys, called from the terminal. */
export interface Command<Id extends CommandId = CommandId> {
  readonly id: Id;
  /** An imperative sentence fragment, e.g. "Run application". */
  readonly title: string;
  readonly category: "Application" | "File" | "Request" | "View" | "Workspace";
  /** E.g. `Mod+Enter`; `Mod` is Command on Apple systems and Control elsewhere. See `keys.ts`. */
  readonly keys?: string;
  /** Text arguments that a palette or terminal asks for, in order. Without it the command takes none, or no text. */
  readonly parameters?: readonly { readonly name: string; readonly title: string }[];
  /** Whether the command makes sense now; without it, always. */
  readonly when?: (state: StudioState) => boolean;
  /** Failures reject with `PlaygroundError`. */
  run(args: CommandArguments<Id>): CommandResult<Id> | Promise<CommandResult<Id>>;
}
