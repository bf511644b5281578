import { type KeyboardEvent, type MouseEvent, useState } from "react";
import { detectPlatform } from "../commands/keys.ts";

/** A context menu that was asked for. */
export interface OpenContextMenu {
  /** Of the row's file or folder; `undefined` for the ground below the rows. */
  path: string | undefined;
  /** In the window, in CSS pixels. */
  at: { x: number; y: number };
  /** Asked for by a key, so that the first entry is the one chosen. */
  byKey: boolean;
  /** Gets the focus back. */
  returnTo: HTMLElement | null;
}

export interface ContextMenuState {
  menu: OpenContextMenu | undefined;
  close: () => void;
  /** For the tree's `contextmenu`, which browsers fire for the right button, a long press, the Menu key and Shift+F10. */
  onContextMenu: (event: MouseEvent<HTMLElement>) => void;
  /** Opens the menu for Shift+F10 on Apple systems, whose browsers make no `contextmenu` of it, and says whether it did. */
  onKey: (event: KeyboardEvent<HTMLElement>) => boolean;
}

/** Which context menu of a tree is open. Its rows are elements with `data-path`, the item of each a `treeitem`. */
export function useContextMenu(): ContextMenuState {
  const [menu, setMenu] = useState<OpenContextMenu>();
  const openAt = (place: Element, at: OpenContextMenu["at"], byKey: boolean): void => {
    const row = place.closest<HTMLElement>("[data-path]");
    const returnTo = row?.querySelector<HTMLElement>('[role="treeitem"]') ?? null;
    setMenu({ path: row?.dataset["path"], at, byKey, returnTo });
  };
  return {
    menu,
    close: () => setMenu(undefined),
    onContextMenu(event) {
      event.preventDefault();
      const { clientX: x, clientY: y, currentTarget: tree } = event;
      const target = event.target as Element;
      if (target.closest('[role="menu"]') !== null) return;
      // Beside an open menu the press meets what keeps the page from being used; what is meant lies below that.
      const place = tree.contains(target)
        ? target
        : document.elementsFromPoint(x, y).find((element) => tree.contains(element));
      if (place === undefined) setMenu(undefined);
      else openAt(place, { x, y }, event.button !== 2);
    },
    onKey(event) {
      if (event.key !== "F10" || !event.shiftKey || detectPlatform(navigator.platform) !== "apple") return false;
      const target = event.target as Element;
      const { left, bottom } = target.getBoundingClientRect();
      openAt(target, { x: left, y: bottom }, true);
      return true;
    },
  };
}
