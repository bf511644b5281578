import { useEffect, useMemo, useState } from "react";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import { manifestPath } from "../kernel/check.ts";
import { studioStore, useStudio } from "../kernel/store.ts";
import type * as fixesModule from "../editor/spin-toml/fixes.ts";

type FixesModule = typeof fixesModule;

let loaded: FixesModule | undefined;

/** The first fix of a finding in `spin.toml`, for its present text. `undefined` when there is none, or none yet. */
export function useFix(finding: Diagnostic): { title: string; apply: () => string | undefined } | undefined {
  const isManifest = finding.file === manifestPath;
  const [module, setModule] = useState(loaded);
  const text = useStudio(({ workspace }) => (isManifest ? workspace.files[manifestPath] : undefined));

  useEffect(() => {
    if (!isManifest || module !== undefined) return undefined;
    let wanted = true;
    import("../editor/spin-toml/fixes.ts").then(
      (fixes) => {
        loaded = fixes;
        if (wanted) setModule(fixes);
      },
      // The finding says what is wrong all the same, and the editor has the fix too.
      (error: unknown) => console.warn("The fixes could not be loaded:", error),
    );
    return () => {
      wanted = false;
    };
  }, [isManifest, module]);

  return useMemo(() => {
    if (module === undefined || typeof text !== "string") return undefined;
    const [fix] = module.fixesFor(text, finding);
    if (fix === undefined) return undefined;
    const apply = (): string | undefined => {
      // What was typed since counts too.
      const now = studioStore.getState().workspace.files[manifestPath];
      const [current] = typeof now === "string" ? module.fixesFor(now, finding) : [];
      return typeof now === "string" && current !== undefined ? module.applyEdits(now, current.edits) : undefined;
    };
    return { title: fix.title, apply };
  }, [module, text, finding]);
}
