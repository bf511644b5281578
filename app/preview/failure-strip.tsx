import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../design/button.tsx";
import { showLogOf } from "../shell/ui-store.ts";
import { useLastTrace } from "./use-last-trace.ts";
import styles from "./preview.module.css";

/** Why the previewed request has no answer of the guest's own; the log has the detail. */
export function FailureStrip({ path }: { path: string }): ReactNode {
  const trace = useLastTrace(path);
  if (trace?.failure === undefined) return undefined;
  return (
    <div role="alert" className={styles.failure} data-code={trace.failure.code}>
      <CircleAlert size={15} aria-hidden />
      <p>{trace.failure.message}</p>
      <Button look="quiet" onClick={() => showLogOf(trace.requestId)}>
        Show log
      </Button>
    </div>
  );
}
