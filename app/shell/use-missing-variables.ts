import { useEffect, useRef } from "react";
import { useStudio } from "../kernel/store.ts";
import { showVariable, uiStore } from "./ui-store.ts";

/**
 * Asks for required variables without which the application was not started: their panel opens, with the focus in the first
 * field. Somebody who types elsewhere (the manifest, with auto-run on) keeps focus and view, and is not asked twice for the
 * same variables.
 */
export function useMissingVariables(): void {
  const missing = useStudio((state) => state.missingVariables);
  const asked = useRef("");

  useEffect(() => {
    const names = missing?.names.join(" ") ?? "";
    const isNew = names !== asked.current;
    asked.current = names;
    const [first] = missing?.names ?? [];
    if (missing === undefined || first === undefined) return;
    const isElsewhere = document.activeElement !== null && document.activeElement !== document.body;
    if (missing.isAskedFor || (isNew && !isElsewhere)) showVariable(first);
    else if (isNew) uiStore.setState({ panel: "variables" });
  }, [missing]);
}
