import type { ItemInstance } from "@headless-tree/core";
import { ChevronDown, ChevronRight, Ellipsis } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { IconButton } from "../design/button.tsx";
import { MenuButton, type MenuEntry } from "../design/menu-button.tsx";
import { useStudio } from "../kernel/store.ts";
import { formatBytes } from "../utils/format-bytes.ts";
import type { TreeEntry } from "../utils/path-tree.ts";
import { FileIcon } from "./file-icon.tsx";
import styles from "./files.module.css";

interface FileTreeRowProps {
  item: ItemInstance<TreeEntry>;
  /** Whether the editor shows this file. */
  active: boolean;
  severity: "error" | "warning" | undefined;
  /** What can be done with it. */
  menu: readonly MenuEntry[];
  /** Whether its context menu is open. */
  menuOpen: boolean;
}

/** One file or folder, and its menu. */
export function FileTreeRow(props: FileTreeRowProps): ReactNode {
  const { item, active, severity, menu, menuOpen } = props;
  const entry = item.getItemData();
  const size = useStudio(({ workspace: { files } }) => sizeOfBytes(files[entry.id]));
  const Chevron = item.isExpanded() ? ChevronDown : ChevronRight;
  return (
    <div
      className={styles.row}
      data-path={entry.id}
      data-active={active ? "" : undefined}
      data-menu={menuOpen ? "" : undefined}
    >
      <button
        type="button"
        {...item.getProps()}
        className={styles.item}
        style={{ "--level": item.getItemMeta().level } as CSSProperties}
        // The tree's own notion of focus decides what F2 and Delete act on; it must be where the person sees it.
        onFocus={() => item.isFocused() || item.setFocused()}
        data-severity={severity}
        title={severity === undefined ? entry.id : `${entry.id} has ${severity === "error" ? "errors" : "warnings"}`}
      >
        {item.isFolder() ? <Chevron size={14} aria-hidden /> : <FileIcon path={entry.id} />}
        <span className={styles.name}>{entry.name}</span>
        {size !== undefined && <span className={styles.size}>{formatBytes(size)}</span>}
        {severity !== undefined && (
          <span className={styles.badge} data-severity={severity} role="img" aria-label={severity} />
        )}
      </button>
      <MenuButton
        trigger={
          <IconButton label={`Actions on ${entry.id}`} className={styles.more} tabIndex={-1}>
            <Ellipsis size={14} aria-hidden />
          </IconButton>
        }
        entries={menu}
      />
    </div>
  );
}

/** Of files that are not text, where the size is what there is to know. */
function sizeOfBytes(content: string | Uint8Array | undefined): number | undefined {
  return content instanceof Uint8Array ? content.byteLength : undefined;
}
