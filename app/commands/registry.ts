import { PlaygroundError } from "../../runtime/errors.ts";
import type { StudioState } from "../kernel/state.ts";
import type { Command, CommandArguments, CommandId, CommandResult } from "./command.ts";
import { type KeyPress, matchesKeys, type Platform } from "./keys.ts";

type RunParameters<Id extends CommandId> =
  CommandArguments<Id> extends undefined ? [args?: undefined] : [args: CommandArguments<Id>];

/** All commands of the studio. Toolbar, palette, keyboard and terminal read and run this one list. */
export interface CommandRegistry {
  /** Adds a command and returns the way to take it out. A second command of the same id is an `internal` error. */
  register<Id extends CommandId>(command: Command<Id>): () => void;
  /** In the order of registration. */
  list(): readonly Command[];
  find<Id extends CommandId>(id: Id): Command<Id> | undefined;
  /** Whether the command is there and makes sense now. */
  enabled(id: CommandId): boolean;
  /** Runs a command. An unknown one, or one whose condition does not hold, rejects with `PlaygroundError`. */
  run<Id extends CommandId>(id: Id, ...args: RunParameters<Id>): Promise<CommandResult<Id>>;
  /** The enabled command that a key press means; only commands without parameters are bound to keys. */
  forKeys(press: KeyPress, platform: Platform): Command | undefined;
}

/** An empty registry; `state` gives the state that conditions are asked against. */
export function createCommandRegistry(state: () => StudioState): CommandRegistry {
  const commands = new Map<CommandId, Command>();

  const find = <Id extends CommandId>(id: Id): Command<Id> | undefined => commands.get(id) as Command<Id> | undefined;
  const enabled = (id: CommandId): boolean => {
    const command = commands.get(id);
    return command !== undefined && (command.when?.(state()) ?? true);
  };

  return {
    register(command) {
      if (commands.has(command.id))
        throw new PlaygroundError("internal", `The command "${command.id}" is registered twice.`);
      // A copy, so that each registration can be told from another of the same object.
      const entry = { ...command } as unknown as Command;
      commands.set(command.id, entry);
      return () => {
        if (commands.get(command.id) === entry) commands.delete(command.id);
      };
    },
    list: () => [...commands.values()],
    find,
    enabled,
    async run(id, ...args) {
      const command = find(id);
      if (command === undefined) throw new PlaygroundError("internal", `There is no command "${id}".`);
      if (!enabled(id)) throw new PlaygroundError("not-running", `"${command.title}" is not possible now.`);
      return await command.run(args[0]);
    },
    forKeys(press, platform) {
      for (const command of commands.values()) {
        if (command.keys === undefined || command.parameters !== undefined) continue;
        if (matchesKeys(command.keys, press, platform) && enabled(command.id)) return command;
      }
      return undefined;
    },
  };
}
