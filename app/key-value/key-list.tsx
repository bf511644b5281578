import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { decodeText } from "../utils/text-detection.ts";
import { formatBytes } from "../utils/format-bytes.ts";
import type { Entry } from "./use-entries.ts";
import styles from "./key-value.module.css";

interface KeyListProps {
  entries: readonly Entry[];
  selected: string;
  onSelect: (key: string) => void;
}

/** Keys, the beginning of their values, and sizes. Up and down move the selection. */
export function KeyList({ entries, selected, onSelect }: KeyListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  // The studio is built without the React compiler, which this warning is about.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 24,
    overscan: 10,
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const index = entries.findIndex((entry) => entry.key === selected) + step;
    const next = entries[index];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    onSelect(next.key);
    virtualizer.scrollToIndex(index);
  };
  const selectedIndex = entries.findIndex((entry) => entry.key === selected);
  return (
    <div
      ref={scroller}
      className={styles.keys}
      role="listbox"
      tabIndex={0}
      aria-label="Keys"
      aria-activedescendant={`key-${selectedIndex}`}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map((item) => {
          const entry = entries[item.index];
          if (entry === undefined) return undefined;
          return (
            // The list itself takes the keys, and says by aria-activedescendant which option they mean.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={entry.key}
              id={`key-${item.index}`}
              role="option"
              aria-selected={entry.key === selected}
              tabIndex={-1}
              className={styles.key}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => onSelect(entry.key)}
            >
              <span className={styles.name}>{entry.key}</span>
              <span className={styles.start}>{beginning(entry.value)}</span>
              <span className={styles.size}>{formatBytes(entry.value.byteLength)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The first characters of a text, or nothing of other bytes. */
function beginning(value: Uint8Array): string {
  return value.byteLength > 4096 ? "" : (decodeText(value)?.slice(0, 80) ?? "");
}
