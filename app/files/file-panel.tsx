import { FilePlus, FolderPlus } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { IconButton } from "../design/button.tsx";
import panel from "../design/panel.module.css";
import { useStudio } from "../kernel/store.ts";
import { isWithin } from "../kernel/workspace-paths.ts";
import { BuiltComponents } from "./built-components.tsx";
import type { FileQuestion } from "./file-question-dialog.tsx";
import { FileTree } from "./file-tree.tsx";
import { WatchedFolder } from "./watched-folder.tsx";
import styles from "./files.module.css";

const FileQuestionDialog = lazy(() => import("./file-question-dialog.tsx"));

/** The files of the workspace, and what can be done with them. */
export function FilePanel(): ReactNode {
  const workspace = useStudio((state) => state.workspace.id);
  // Folders that stand open, and those without a file, are those of one workspace.
  return <WorkspaceFiles key={workspace} />;
}

function WorkspaceFiles(): ReactNode {
  const [question, setQuestion] = useState<FileQuestion>();
  // The workspace holds files alone: a folder without one lives here until it gets one.
  const [emptyFolders, setEmptyFolders] = useState<string[]>([]);
  const [renamed, setRenamed] = useState<string>();
  return (
    <nav className={panel.panel} aria-label="Files of the workspace">
      <div className={`${panel.bar} ${styles.bar}`}>
        <h2 className={styles.heading}>Files</h2>
        <span className={panel.spacer} />
        <IconButton label="New file" onClick={() => setQuestion({ kind: "new-file", folder: "" })}>
          <FilePlus size={15} aria-hidden />
        </IconButton>
        <IconButton label="New folder" onClick={() => setQuestion({ kind: "new-folder", folder: "" })}>
          <FolderPlus size={15} aria-hidden />
        </IconButton>
      </div>
      <div className={panel.content}>
        <FileTree emptyFolders={emptyFolders} renamed={renamed} onQuestion={setQuestion} />
      </div>
      <WatchedFolder />
      <BuiltComponents />
      {question !== undefined && (
        <Suspense>
          <FileQuestionDialog
            question={question}
            onClose={() => setQuestion(undefined)}
            onNewFolder={(path) => setEmptyFolders((folders) => [...folders, path])}
            onRenamed={(from, to) => {
              setRenamed(to);
              setEmptyFolders((folders) =>
                folders.map((one) => (isWithin(one, from) ? to + one.slice(from.length) : one)),
              );
            }}
            onDeletedFolder={(path) => setEmptyFolders((folders) => folders.filter((one) => !isWithin(one, path)))}
          />
        </Suspense>
      )}
    </nav>
  );
}
