import { Menu as Primitive } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import type { MenuButtonProps, MenuEntry } from "./menu-button.tsx";
import styles from "./menu.module.css";

/** The menu behind a `MenuButton`; open from the start, since it is loaded by the press that asks for it. */
export default function Menu({ trigger, entries, align = "start", onOpen }: MenuButtonProps): ReactNode {
  return (
    <Primitive.Root defaultOpen onOpenChange={(open) => open && onOpen?.()}>
      <Primitive.Trigger render={trigger} />
      <Primitive.Portal>
        <Primitive.Positioner className={styles.positioner} sideOffset={4} align={align}>
          <Primitive.Popup className={styles.popup}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }): ReactNode {
  const className = [styles.item, entry.danger === true ? styles.danger : ""].join(" ");
  const content = (
    <>
      {entry.icon}
      <span className={styles.words}>
        <span>{entry.label}</span>
        {entry.detail !== undefined && <span className={styles.detail}>{entry.detail}</span>}
      </span>
      {entry.checked === true && <Check size={14} aria-hidden />}
    </>
  );
  if (entry.checked === undefined) {
    return (
      <Primitive.Item className={className} disabled={entry.disabled === true} onClick={() => entry.onSelect?.()}>
        {content}
      </Primitive.Item>
    );
  }
  return (
    <Primitive.CheckboxItem
      className={className}
      role="menuitemradio"
      closeOnClick
      checked={entry.checked}
      onCheckedChange={() => entry.onSelect?.()}
    >
      {content}
    </Primitive.CheckboxItem>
  );
}
