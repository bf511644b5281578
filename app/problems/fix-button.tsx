import { Wrench } from "lucide-react";
import type { ReactNode } from "react";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import { Button } from "../design/button.tsx";
import { manifestPath } from "../kernel/check.ts";
import { useActions } from "../shell/actions-context.ts";
import { useFix } from "./use-fix.ts";

/** Does what the editor offers first for a finding in the manifest. Nothing where it would offer nothing. */
export function FixButton({ finding, className }: { finding: Diagnostic; className?: string | undefined }): ReactNode {
  const actions = useActions();
  const fix = useFix(finding);
  if (fix === undefined) return undefined;
  const apply = (): void => {
    const fixed = fix.apply();
    if (fixed !== undefined) actions.edit(manifestPath, fixed);
  };
  return (
    <Button look="quiet" className={className} title={fix.title} aria-label={`Fix: ${fix.title}`} onClick={apply}>
      <Wrench size={13} aria-hidden />
      Fix
    </Button>
  );
}
