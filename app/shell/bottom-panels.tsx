import { Tabs } from "@base-ui/react/tabs";
import { lazy, type ReactNode, Suspense } from "react";
import { KeptOnceShown } from "../design/kept-once-shown.tsx";
import { useStudio } from "../kernel/store.ts";
import { LogPanel } from "../logs/log-panel.tsx";
import { ProblemsPanel } from "../problems/problems-panel.tsx";
import { countDiagnostics } from "../utils/merge-diagnostics.ts";
import { type PanelId, uiStore, useUi } from "./ui-store.ts";
import { useFindings } from "./use-findings.ts";
import styles from "./bottom-panels.module.css";

const RequestPanel = lazy(() => import("../request/request-panel.tsx"));
const TracePanel = lazy(() => import("../traces/trace-panel.tsx"));
const KeyValuePanel = lazy(() => import("../key-value/key-value-panel.tsx"));
const ComponentPanel = lazy(() => import("../components/component-panel.tsx"));
const VariablesPanel = lazy(() => import("../variables/variables-panel.tsx"));

/**
 * Log, Request, Traces, Key-value, Variables, Components and Problems. The request form stays mounted once shown: what was typed is kept.
 * What was typed or chosen is about one workspace, and does not outlive it.
 */
export function BottomPanels(): ReactNode {
  const panel = useUi((state) => state.panel);
  const { errors, warnings } = countDiagnostics(useFindings());
  const findings = errors + warnings;
  const workspace = useStudio((state) => state.workspace.id);
  return (
    <Tabs.Root
      render={<section aria-label="Panels" />}
      className={styles.panels}
      value={panel}
      onValueChange={(value) => uiStore.setState({ panel: value as PanelId })}
    >
      <Tabs.List className={styles.tabs}>
        <Tabs.Tab value="log" className={styles.tab}>
          Log
        </Tabs.Tab>
        <Tabs.Tab value="request" className={styles.tab}>
          Request
        </Tabs.Tab>
        <Tabs.Tab value="traces" className={styles.tab}>
          Traces
        </Tabs.Tab>
        <Tabs.Tab value="key-value" className={styles.tab}>
          Key-value
        </Tabs.Tab>
        <Tabs.Tab value="variables" className={styles.tab}>
          Variables
        </Tabs.Tab>
        <Tabs.Tab value="components" className={styles.tab}>
          Components
        </Tabs.Tab>
        <Tabs.Tab value="problems" className={styles.tab}>
          Problems
          {findings > 0 && <span className={errors > 0 ? styles.errors : styles.warnings}>{findings}</span>}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="log" className={styles.content} tabIndex={-1}>
        <LogPanel key={workspace} />
      </Tabs.Panel>
      <Tabs.Panel value="request" className={styles.content} tabIndex={-1} keepMounted>
        <KeptOnceShown shown={panel === "request"}>
          <Suspense>
            <RequestPanel key={workspace} />
          </Suspense>
        </KeptOnceShown>
      </Tabs.Panel>
      <Tabs.Panel value="traces" className={styles.content} tabIndex={-1}>
        <Suspense>
          <TracePanel />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="key-value" className={styles.content} tabIndex={-1}>
        <Suspense>
          <KeyValuePanel />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="variables" className={styles.content} tabIndex={-1}>
        <Suspense>
          <VariablesPanel />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="components" className={styles.content} tabIndex={-1}>
        <Suspense>
          <ComponentPanel />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="problems" className={styles.content} tabIndex={-1}>
        <ProblemsPanel />
      </Tabs.Panel>
    </Tabs.Root>
  );
}
