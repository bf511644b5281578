import { lazy, type ReactElement, type ReactNode, Suspense, useState } from "react";

/** One entry of a menu. `checked` makes it one of a set of choices. */
export interface MenuEntry {
  id: string;
  label: string;
  /** A line of explanation below the label. */
  detail?: string;
  icon?: ReactNode;
  /** The keys that do the same where the menu was opened, as `aria-keyshortcuts` has them. */
  keys?: string;
  /** With a line above it. */
  separated?: boolean;
  danger?: boolean;
  disabled?: boolean;
  checked?: boolean;
  onSelect?: () => void;
}

export interface MenuButtonProps {
  /** The button, without a handler of its own. */
  trigger: ReactElement<{ onClick?: () => void; "aria-haspopup"?: "menu" }>;
  entries: readonly MenuEntry[];
  align?: "start" | "end";
  /** Called each time the menu opens. */
  onOpen?: () => void;
}

const Menu = lazy(() => import("./menu.tsx"));

/** A button that opens a menu. What the menu needs is fetched when it is first opened, to keep the first load small. */
export function MenuButton(props: MenuButtonProps): ReactNode {
  const [wanted, setWanted] = useState(false);
  const open = (): void => {
    setWanted(true);
    props.onOpen?.();
  };
  const plain = <props.trigger.type {...props.trigger.props} aria-haspopup="menu" onClick={open} />;
  if (!wanted) return plain;
  return (
    <Suspense fallback={plain}>
      <Menu {...props} />
    </Suspense>
  );
}
