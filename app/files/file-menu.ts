import { runCommand } from "../commands/commands.ts";
import type { MenuEntry } from "../design/menu-button.tsx";
import { rootId, type TreeEntry } from "../utils/path-tree.ts";
import type { FileQuestion } from "./file-question-dialog.tsx";

interface FileMenuParts {
  /** Opens the dialog that asks what is still open, and then does it. */
  ask: (kind: FileQuestion["kind"], entry: TreeEntry) => void;
  /** Where a command's failure is told. */
  report: (work: Promise<unknown>) => void;
}

/** What can be done with a file or a folder; of the root, what can be made in it. */
export function fileMenu(entry: TreeEntry, { ask, report }: FileMenuParts): MenuEntry[] {
  const make: MenuEntry[] = [
    { id: "new-file", label: "New file", onSelect: () => ask("new-file", entry) },
    { id: "new-folder", label: "New folder", onSelect: () => ask("new-folder", entry) },
  ];
  if (entry.id === rootId) return make;
  const path = entry.id;
  const download: MenuEntry = {
    id: "download",
    label: "Download",
    onSelect: () => report(runCommand("file.download", { path })),
  };
  return [
    ...make,
    {
      id: "copy-path",
      label: "Copy path",
      separated: true,
      onSelect: () => report(runCommand("file.copy-path", { path })),
    },
    ...(entry.kind === "file" ? [download] : []),
    { id: "rename", label: "Rename", keys: "F2", separated: true, onSelect: () => ask("rename", entry) },
    { id: "delete", label: "Delete", keys: "Delete", danger: true, onSelect: () => ask("delete", entry) },
  ];
}
