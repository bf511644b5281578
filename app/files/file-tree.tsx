import { hotkeysCoreFeature, selectionFeature, syncDataLoaderFeature } from "@headless-tree/core";
import { useTree } from "@headless-tree/react";
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import { useStudio } from "../kernel/store.ts";
import { useActions } from "../shell/actions-context.ts";
import { showView } from "../shell/ui-store.ts";
import { useFindings } from "../shell/use-findings.ts";
import { useReport } from "../shell/use-report.ts";
import { severityByFile } from "../utils/merge-diagnostics.ts";
import { ancestors, buildPathTree, parentFolder, rootId, type TreeEntry } from "../utils/path-tree.ts";
import type { FileQuestion } from "./file-question-dialog.tsx";
import { fileMenu } from "./file-menu.ts";
import { FileTreeRow } from "./file-tree-row.tsx";
import { useContextMenu } from "./use-context-menu.ts";
import { useFilePaths } from "./use-file-paths.ts";
import styles from "./files.module.css";

const ContextMenu = lazy(() => import("../design/context-menu.tsx"));

interface FileTreeProps {
  emptyFolders: readonly string[];
  /** What was renamed last: its new place is shown. */
  renamed: string | undefined;
  onQuestion: (question: FileQuestion) => void;
}

/** The files as a tree: arrow keys move, Enter opens, F2 renames, Delete deletes, and a context menu has all of it. */
export function FileTree({ emptyFolders, renamed, onQuestion }: FileTreeProps): ReactNode {
  const actions = useActions();
  const report = useReport();
  const { menu, close, onContextMenu, onKey } = useContextMenu();
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

  const ask = (kind: FileQuestion["kind"], entry: TreeEntry): void => {
    if (kind === "new-file" || kind === "new-folder") onQuestion({ kind, folder: folderOf(entry) });
    else onQuestion({ kind, path: entry.id, files: countFiles(paths, entry.id), folder: entry.kind === "folder" });
  };
  const menuOf = (entry: TreeEntry) => fileMenu(entry, { ask, report });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const entry = tree.getFocusedItem().getItemData();
    if (entry.id === rootId) return;
    if (event.key === "F2" || event.key === "Delete") ask(event.key === "F2" ? "rename" : "delete", entry);
    else if (!onKey(event)) return;
    event.preventDefault();
  };
  const asked = menu && entries.get(menu.path ?? rootId);

  return (
    <div
      {...tree.getContainerProps("Files")}
      className={styles.tree}
      onKeyDownCapture={onKeyDown}
      onContextMenu={onContextMenu}
    >
      {tree.getItems().map((item) => (
        <FileTreeRow
          key={item.getKey()}
          item={item}
          active={item.getId() === active}
          severity={severities.get(item.getId())}
          menu={menuOf(item.getItemData())}
          menuOpen={menu?.path === item.getId()}
        />
      ))}
      {menu !== undefined && asked !== undefined && (
        <Suspense>
          <ContextMenu
            label={menu.path === undefined ? "Actions on the files" : `Actions on ${menu.path}`}
            at={menu.at}
            byKey={menu.byKey}
            entries={menuOf(asked)}
            returnTo={menu.returnTo}
            onClose={close}
          />
        </Suspense>
      )}
    </div>
  );
}

function withAncestors(folder: string): string[] {
  return [...ancestors(folder), folder];
}

/** Where something new goes: into a folder, or beside a file. The root is `""`. */
function folderOf({ id, kind }: TreeEntry): string {
  if (id === rootId) return "";
  return kind === "folder" ? id : parentFolder(id);
}

function countFiles(paths: readonly string[], path: string): number {
  return paths.filter((one) => one === path || one.startsWith(`${path}/`)).length;
}
