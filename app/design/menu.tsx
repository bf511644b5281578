import { Menu as Primitive } from "@base-ui/react/menu";
import type { ReactNode } from "react";
import type { MenuButtonProps } from "./menu-button.tsx";
import { MenuEntries } from "./menu-entries.tsx";
import styles from "./menu.module.css";

/** The menu behind a `MenuButton`; open from the start, since it is loaded by the press that asks for it. */
export default function Menu({ trigger, entries, align = "start", onOpen }: MenuButtonProps): ReactNode {
  return (
    <Primitive.Root defaultOpen onOpenChange={(open) => open && onOpen?.()}>
      <Primitive.Trigger render={trigger} />
      <Primitive.Portal>
        <Primitive.Positioner className={styles.positioner} sideOffset={4} align={align}>
          <Primitive.Popup className={styles.popup}>
            <MenuEntries entries={entries} />
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
