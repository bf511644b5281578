import { Globe } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { EmptyState } from "../design/empty-state.tsx";
import panel from "../design/panel.module.css";
import { useStudio } from "../kernel/store.ts";
import { RunButton } from "../shell/run-button.tsx";
import { uiStore } from "../shell/ui-store.ts";
import { AddressBar } from "./address-bar.tsx";
import { FailedRequest } from "./failed-request.tsx";
import { PreviewFrame } from "./preview-frame.tsx";
import { PreviewNotice } from "./preview-notice.tsx";
import { useNavigation } from "./use-navigation.ts";
import styles from "./preview.module.css";

/** The running application in a frame of its own origin; loads anew after each deploy. */
export function PreviewPane(): ReactNode {
  const application = useStudio((state) => state.run.application);
  const phase = useStudio((state) => state.run.phase);
  const navigation = useNavigation(application);
  const { trace, loading, path, go } = navigation;
  const answered = trace !== undefined && !loading;
  useEffect(() => {
    if (answered) uiStore.setState({ answerShown: true });
  }, [answered]);
  // The guest gave no answer, and the frame would show the playground's or nothing.
  const failed = trace !== undefined && (trace.status >= 500 ? trace.failure !== undefined : isUnrouted(trace));

  return (
    <section className={panel.panel} aria-label="Preview">
      <AddressBar application={application} navigation={navigation} />
      <PreviewNotice />
      {application === undefined ? (
        <EmptyState>
          <Globe size={22} strokeWidth={1.5} aria-hidden />
          <p>{emptyText[phase]}</p>
          {phase === "stopped" && <RunButton />}
        </EmptyState>
      ) : (
        <>
          {failed && <FailedRequest trace={trace} routes={application.routes} onRetry={() => go(path)} />}
          <PreviewFrame
            key={navigation.frameKey}
            title={`Preview of ${application.name}`}
            address={application.url + path}
            className={failed ? styles.covered : styles.frame}
            onLoad={navigation.onLoad}
          />
        </>
      )}
    </section>
  );
}

function isUnrouted({ status, component, route }: { status: number; component?: string; route?: string }): boolean {
  return status === 404 && component === undefined && route === undefined;
}

const emptyText = {
  idle: "The workspace is being opened.",
  building: "The application shows here once it is built.",
  starting: "The application is starting.",
  running: "The application is starting.",
  stopped: "The application is stopped.",
  failed: "Nothing runs yet.",
};
