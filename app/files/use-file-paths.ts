import { useMemo } from "react";
import { useStudio } from "../kernel/store.ts";

/** The paths of all files: the same list until a file comes or goes, however much is typed. */
export function useFilePaths(): readonly string[] {
  // No path holds a line feed (see the kernel's rules for paths), so one string stands for the list.
  const joined = useStudio((state) => Object.keys(state.workspace.files).sort().join("\n"));
  return useMemo(() => (joined === "" ? [] : joined.split("\n")), [joined]);
}
