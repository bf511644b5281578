import { ContextMenu as Primitive } from "@base-ui/react/context-menu";
import { type ReactNode, useMemo, useRef } from "react";
import type { MenuEntry } from "./menu-button.tsx";
import { MenuEntries } from "./menu-entries.tsx";
import styles from "./menu.module.css";

interface ContextMenuProps {
  /** What the menu is about, for assistive technology. */
  label: string;
  /** The point in the window at which it opens, in CSS pixels. */
  at: { readonly x: number; readonly y: number };
  /** Whether a key asked for it: the first entry has the focus then. */
  byKey: boolean;
  entries: readonly MenuEntry[];
  /** Gets the focus when the menu closes. */
  returnTo: HTMLElement | null;
  onClose: () => void;
}

/** A context menu that is open for as long as it is mounted: its owner knows what was asked for, and loads it then. */
export default function ContextMenu({ label, at, byKey, entries, returnTo, onClose }: ContextMenuProps): ReactNode {
  const anchor = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) }), [at.x, at.y]);
  const popup = useRef<HTMLDivElement>(null);
  const focusFirst = (): void => popup.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  return (
    <Primitive.Root
      open
      onOpenChange={(open) => !open && onClose()}
      onOpenChangeComplete={(open) => open && byKey && focusFirst()}
    >
      <Primitive.Portal>
        <Primitive.Positioner className={styles.positioner} anchor={anchor}>
          <Primitive.Popup ref={popup} className={styles.popup} aria-label={label} finalFocus={() => returnTo ?? true}>
            <MenuEntries entries={entries} />
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
