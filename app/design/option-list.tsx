import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import styles from "./option-list.module.css";

interface OptionListProps<T> {
  label: string;
  options: readonly T[];
  keyOf: (option: T) => string;
  selected: string | undefined;
  onSelect: (key: string) => void;
  children: (option: T) => ReactNode;
}

/** Height of an option in CSS pixels. */
const optionHeight = 24;
const optionsPerPage = 10;

/**
 * A list of any length of which one option is selected; only those in view are in the document. Up, Down, Page Up, Page
 * Down, Home and End move the selection.
 */
export function OptionList<T>(props: OptionListProps<T>): ReactNode {
  const { label, options, keyOf, selected, onSelect, children } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // The studio is built without the React compiler, which this warning is about.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: options.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => optionHeight,
    overscan: 10,
  });
  const selectedIndex = options.findIndex((option) => keyOf(option) === selected);
  const show = (index: number): void => virtualizer.scrollToIndex(index);

  const onKeyDown = (event: KeyboardEvent): void => {
    const to = target(event.key, selectedIndex, options.length - 1);
    const option = to === undefined ? undefined : options[to];
    if (to === undefined || option === undefined) return;
    event.preventDefault();
    onSelect(keyOf(option));
    show(to);
  };

  return (
    <div
      ref={scroller}
      className={styles.list}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={selectedIndex < 0 ? undefined : `${id}-${selectedIndex}`}
      onKeyDown={onKeyDown}
      // The option that the keys begin at is in the document only while it is in view.
      onFocus={() => selectedIndex >= 0 && show(selectedIndex)}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map((item) => {
          const option = options[item.index];
          if (option === undefined) return undefined;
          const key = keyOf(option);
          return (
            // The list itself takes the keys, and says by aria-activedescendant which option they mean.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={key}
              id={`${id}-${item.index}`}
              role="option"
              aria-selected={key === selected}
              aria-setsize={options.length}
              aria-posinset={item.index + 1}
              tabIndex={-1}
              className={styles.option}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => onSelect(key)}
            >
              {children(option)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The index that a key leads to; `undefined` for a key that leads nowhere. */
function target(key: string, from: number, last: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: optionsPerPage,
    PageUp: -optionsPerPage,
    Home: -Infinity,
    End: Infinity,
  };
  const step = steps[key];
  return step === undefined ? undefined : Math.min(last, Math.max(0, from + step));
}
