import { useCallback } from "react";
import { PlaygroundError } from "../../runtime/errors.ts";
import { studioStore } from "../kernel/store.ts";
import { messageOf } from "../utils/message-of.ts";

/**
 * Where a button's failure goes when it has no place of its own: the banner. What the state already tells (a fault of
 * the sources, a build that a newer edit replaced) is not told again.
 */
export function useReport(): (work: Promise<unknown>) => void {
  return useCallback((work) => {
    work.catch((error: unknown) => {
      const code = error instanceof PlaygroundError ? error.code : "internal";
      const told = error instanceof PlaygroundError && (error.diagnostics.length > 0 || code === "build-superseded");
      if (told || studioStore.getState().problem !== undefined) return;
      studioStore.setState({ problem: { code, message: messageOf(error) } });
    });
  }, []);
}
