import { FileCode } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "../design/empty-state.tsx";
import panel from "../design/panel.module.css";
import { useStudio } from "../kernel/store.ts";
import { BinaryView } from "./binary-view.tsx";
import { EditorTabs } from "./editor-tabs.tsx";
import { TextEditor } from "./text-editor.tsx";
import styles from "./editor.module.css";

/** Tabs of the open files, and the one that is shown. */
export function EditorArea(): ReactNode {
  const path = useStudio((state) => state.tabs.active);
  const content = useStudio(({ workspace }) => (path === undefined ? undefined : workspace.files[path]));
  return (
    <main className={panel.panel} aria-label="Editor">
      <EditorTabs />
      <div className={styles.content}>
        <TextEditor path={path} text={typeof content === "string" ? content : undefined} />
        {content === undefined && (
          <EmptyState>
            <FileCode size={22} strokeWidth={1.5} aria-hidden />
            <p>Choose a file to edit it.</p>
          </EmptyState>
        )}
        {path !== undefined && content instanceof Uint8Array && <BinaryView key={path} path={path} bytes={content} />}
      </div>
    </main>
  );
}
