import { Menu as Primitive } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import type { MenuEntry } from "./menu-button.tsx";
import styles from "./menu.module.css";

/** The entries of an open menu, whatever opened it. */
export function MenuEntries({ entries }: { entries: readonly MenuEntry[] }): ReactNode {
  return entries.map((entry) => (
    <Fragment key={entry.id}>
      {entry.separated === true && <Primitive.Separator className={styles.separator} />}
      <Entry entry={entry} />
    </Fragment>
  ));
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
      {entry.keys !== undefined && (
        // Told to assistive technology by the item itself, not as a part of its name.
        <span className={styles.keys} aria-hidden>
          {entry.keys}
        </span>
      )}
      {entry.checked === true && <Check size={14} aria-hidden />}
    </>
  );
  if (entry.checked === undefined) {
    return (
      <Primitive.Item
        className={className}
        disabled={entry.disabled === true}
        aria-keyshortcuts={entry.keys}
        onClick={() => entry.onSelect?.()}
      >
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
