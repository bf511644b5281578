import { Play, Square } from "lucide-react";
import type { ReactNode } from "react";
import { runCommand } from "../commands/commands.ts";
import { Button } from "../design/button.tsx";
import { useStudio } from "../kernel/store.ts";
import { useNarrow } from "./use-narrow.ts";
import { useReport } from "./use-report.ts";

/** Run while nothing runs, Stop otherwise; an application that is stale or has failed can be run again too. */
export function RunButton(): ReactNode {
  const phase = useStudio((state) => state.run.phase);
  const stoppable = useStudio(
    (state) => state.run.application !== undefined || phase === "building" || phase === "starting",
  );
  const autoRun = useStudio((state) => state.autoRun);
  const report = useReport();
  const narrow = useNarrow();
  const runnable = !stoppable || !autoRun || phase === "failed";
  return (
    <>
      {runnable && <RunNowButton look="primary" />}
      {stoppable && (
        <Button aria-label="Stop" title="Stop the application" onClick={() => report(runCommand("application.stop"))}>
          <Square size={11} fill="currentColor" aria-hidden />
          {/* Beside Run it leaves the room to the run status. */}
          {!(narrow && runnable) && "Stop"}
        </Button>
      )}
    </>
  );
}

/** Builds what is out of date and starts the application. */
export function RunNowButton({ look }: { look: "primary" | "plain" }): ReactNode {
  const phase = useStudio((state) => state.run.phase);
  const report = useReport();
  return (
    <Button
      look={look}
      disabled={phase === "idle" || phase === "building" || phase === "starting"}
      title="Build what is out of date and start the application"
      onClick={() => report(runCommand("application.run"))}
    >
      <Play size={12} fill="currentColor" aria-hidden />
      Run
    </Button>
  );
}
