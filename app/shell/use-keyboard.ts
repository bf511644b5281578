import { useEffect } from "react";
import { commandRegistry, runCommand } from "../commands/commands.ts";
import { detectPlatform } from "../commands/keys.ts";
import { useReport } from "./use-report.ts";

/** Runs commands by their keys, wherever on the page the focus is, unless what has it takes the key itself. */
export function useKeyboard(): void {
  const report = useReport();
  useEffect(() => {
    const platform = detectPlatform(navigator.platform);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const command = commandRegistry.forKeys(event, platform);
      if (command === undefined) return;
      event.preventDefault();
      // Only commands without arguments are bound to keys; the map of commands cannot say so for an id not yet known.
      report(runCommand(command.id as "application.run"));
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [report]);
}
