import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { RouteInfo, Trace } from "../../runtime/protocol.ts";
import { Button } from "../design/button.tsx";
import { EmptyState } from "../design/empty-state.tsx";
import { showLogOf, showTraceOf } from "../shell/ui-store.ts";
import { pathOfUrl } from "../utils/request-path.ts";
import styles from "./preview.module.css";

interface FailedRequestProps {
  trace: Trace;
  routes: readonly RouteInfo[];
  onRetry: () => void;
}

/** Why the previewed page has no answer of the guest's own, and where more is said. */
export function FailedRequest({ trace, routes, onRetry }: FailedRequestProps): ReactNode {
  const { failure } = trace;
  return (
    <EmptyState>
      <CircleAlert size={22} strokeWidth={1.5} className={styles.alert} aria-hidden />
      <div role="alert" data-code={failure?.code} className={styles.reason}>
        <p>{failure?.message ?? `No route of spin.toml takes ${pathOfUrl(trace.url)}.`}</p>
        {failure === undefined && <p className={styles.routes}>Routes: {routes.map(written).join("  ")}</p>}
      </div>
      <div className={styles.actions}>
        {failure !== undefined && <Button onClick={() => showLogOf(trace.requestId)}>Show log</Button>}
        <Button onClick={() => showTraceOf(trace.requestId)}>Show trace</Button>
        <Button onClick={onRetry}>Try again</Button>
      </div>
    </EmptyState>
  );
}

/** A route as `spin.toml` has it. */
function written({ route, wildcard }: RouteInfo): string {
  return wildcard ? `${route.replace(/\/$/, "")}/...` : route;
}
