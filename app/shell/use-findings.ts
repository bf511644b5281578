import { useMemo } from "react";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import { useStudio } from "../kernel/store.ts";
import { mergeDiagnostics } from "../utils/merge-diagnostics.ts";

/** Findings of the manifest, the build and the type checker, each said once. */
export function useFindings(): Diagnostic[] {
  const build = useStudio((state) => state.diagnostics);
  const types = useStudio((state) => state.typeDiagnostics);
  return useMemo(() => mergeDiagnostics(build, types), [build, types]);
}
