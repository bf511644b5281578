import { Globe } from "lucide-react";
import { type ReactNode, useState } from "react";
import { EmptyState } from "../design/empty-state.tsx";
import panel from "../design/panel.module.css";
import { useStudio } from "../kernel/store.ts";
import { AddressBar } from "./address-bar.tsx";
import { FailureStrip } from "./failure-strip.tsx";
import styles from "./preview.module.css";

/** The running application in a frame of its own origin; loads anew after each deploy. */
export function PreviewPane(): ReactNode {
  const application = useStudio((state) => state.run.application);
  const phase = useStudio((state) => state.run.phase);
  const [path, setPath] = useState("/");
  const [reloads, setReloads] = useState(0);

  const go = (next: string): void => {
    setPath(next);
    setReloads((count) => count + 1);
  };

  return (
    <section className={panel.panel} aria-label="Preview">
      <AddressBar application={application} path={path} onGo={go} />
      {application !== undefined && <FailureStrip path={path} />}
      {application === undefined ? (
        <EmptyState>
          <Globe size={22} strokeWidth={1.5} aria-hidden />
          <p>{emptyText[phase]}</p>
        </EmptyState>
      ) : (
        <iframe
          key={`${application.url} ${application.generation} ${reloads}`}
          className={styles.frame}
          title={`Preview of ${application.name}`}
          src={application.url + path}
          // Everything an application's page may need, but not to navigate the studio away. Scripts and its own origin
          // together undo a sandbox only where the frame has the page's origin, and this one never has.
          // oxlint-disable-next-line react/iframe-missing-sandbox
          sandbox="allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads"
        />
      )}
    </section>
  );
}

const emptyText = {
  idle: "The workspace is being opened.",
  building: "The application shows here once it is built.",
  starting: "The application is starting.",
  running: "The application is starting.",
  stopped: "The application is stopped. Run starts it.",
  failed: "Nothing runs. The problems say why.",
};
