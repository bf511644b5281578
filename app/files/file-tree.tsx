import { hotkeysCoreFeature, selectionFeature, syncDataLoaderFeature } from "@headless-tree/core";
import { useTree } from "@headless-tree/react";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useState } from "react";
import { useStudio } from "../kernel/store.ts";
import { useActions } from "../shell/actions-context.ts";
import { showView } from "../shell/ui-store.ts";
import { useFindings } from "../shell/use-findings.ts";
import { severityByFile } from "../utils/merge-diagnostics.ts";
import { ancestors, buildPathTree, rootId, type TreeEntry } from "../utils/path-tree.ts";
import type { FileQuestion } from "./file-question-dialog.tsx";
import { FileTreeRow } from "./file-tree-row.tsx";
import { useFilePaths } from "./use-file-paths.ts";
import styles from "./files.module.css";

interface FileTreeProps {
  emptyFolders: readonly string[];
  /** What was renamed last: its new place is shown. */
  renamed: string | undefined;
  onQuestion: (question: FileQuestion) => void;
}

/** The files as a tree: arrow keys move, Enter opens, F2 renames, Delete deletes. */
export function FileTree({ emptyFolders, renamed, onQuestion }: FileTreeProps): ReactNode {
  const actions = useActions();
  const paths = useFilePaths();
  const active = useStudio((state) => state.tabs.active);
  const findings = useFindings();
  const severities = useMemo(() => severityByFile(findings), [findings]);
  const entries = useMemo(() => buildPathTree(paths, emptyFolders), [paths, emptyFolders]);

  const [expanded, setExpanded] = useState<string[]>([]);
  const hasSources = entries.has("src");
  const wanted = useMemo(
    () => [
      ...(active === undefined ? [] : ancestors(active)),
      ...(renamed === undefined ? [] : withAncestors(renamed)),
      ...emptyFolders.flatMap(withAncestors),
      ...(hasSources ? ["src"] : []),
    ],
    [active, renamed, emptyFolders, hasSources],
  );
  // Opened once when the reason for it comes up, not for as long as it holds: the person may close the folder again.
  const [opened, setOpened] = useState<string[]>();
  if (opened !== wanted) {
    setOpened(wanted);
    setExpanded((folders) => [...new Set([...folders, ...wanted])]);
  }

  const tree = useTree<TreeEntry>({
    rootItemId: rootId,
    state: { expandedItems: expanded },
    setExpandedItems: setExpanded,
    getItemName: (item) => item.getItemData().name,
    isItemFolder: (item) => item.getItemData().kind === "folder",
    onPrimaryAction: (item) => {
      if (item.isFolder()) return;
      actions.openFile(item.getId());
      showView("editor");
    },
    dataLoader: {
      // An item that has just gone may still be asked for, until the tree is rebuilt.
      getItem: (id) => entries.get(id) ?? { id, name: "", kind: "file", children: [] },
      getChildren: (id) => entries.get(id)?.children ?? [],
    },
    features: [syncDataLoaderFeature, selectionFeature, hotkeysCoreFeature],
  });

  // The tree reads the entries when told to, not by itself.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => tree.rebuildTree(), [tree, entries, expanded]);

  const ask = (kind: "rename" | "delete", entry: TreeEntry): void => {
    if (kind === "rename") onQuestion({ kind, path: entry.id });
    else onQuestion({ kind, path: entry.id, files: countFiles(paths, entry.id), folder: entry.kind === "folder" });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const entry = tree.getFocusedItem().getItemData();
    if (entry.id === rootId || (event.key !== "F2" && event.key !== "Delete")) return;
    event.preventDefault();
    ask(event.key === "F2" ? "rename" : "delete", entry);
  };

  return (
    <div {...tree.getContainerProps("Files")} className={styles.tree} onKeyDownCapture={onKeyDown}>
      {tree.getItems().map((item) => (
        <FileTreeRow
          key={item.getKey()}
          item={item}
          active={item.getId() === active}
          severity={severities.get(item.getId())}
          onNewFile={(folder) => onQuestion({ kind: "new-file", folder })}
          onRename={(entry) => ask("rename", entry)}
          onDelete={(entry) => ask("delete", entry)}
        />
      ))}
    </div>
  );
}

function withAncestors(folder: string): string[] {
  return [...ancestors(folder), folder];
}

function countFiles(paths: readonly string[], path: string): number {
  return paths.filter((one) => one === path || one.startsWith(`${path}/`)).length;
}
