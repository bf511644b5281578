import type { ReactNode } from "react";
import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import { EditorArea } from "../editor/editor-area.tsx";
import { FilePanel } from "../files/file-panel.tsx";
import { PreviewPane } from "../preview/preview-pane.tsx";
import { BottomPanels } from "./bottom-panels.tsx";
import { Pane } from "../design/pane.tsx";
import styles from "./app.module.css";

/** Files, editor above panels, preview: side by side, with sizes that the browser keeps. */
export function WideLayout(): ReactNode {
  const columns = useDefaultLayout({ id: "studio-columns" });
  const rows = useDefaultLayout({ id: "studio-rows" });
  return (
    <Group className={styles.main} {...columns}>
      <Panel
        id="files"
        className={styles.files}
        defaultSize={220}
        minSize={140}
        groupResizeBehavior="preserve-pixel-size"
      >
        <Pane name="files">
          <FilePanel />
        </Pane>
      </Panel>
      <Separator className={styles.separator} aria-label="Width of the files" />
      <Panel id="work" minSize="25%">
        <Group className={styles.column} orientation="vertical" {...rows}>
          <Panel id="editor" minSize={120} defaultSize="64%">
            <Pane name="editor">
              <EditorArea />
            </Pane>
          </Panel>
          <Separator className={styles.separator} aria-label="Height of the panels" />
          <Panel id="panels" minSize={90}>
            <Pane name="panels">
              <BottomPanels />
            </Pane>
          </Panel>
        </Group>
      </Panel>
      <Separator className={styles.separator} aria-label="Width of the preview" />
      <Panel id="preview" defaultSize="36%" minSize={220}>
        <Pane name="preview">
          <PreviewPane />
        </Pane>
      </Panel>
    </Group>
  );
}
