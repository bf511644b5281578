import type { ReactNode } from "react";
import { OptionList } from "../design/option-list.tsx";
import { decodeText } from "../utils/text-detection.ts";
import { formatBytes } from "../utils/format-bytes.ts";
import type { Entry } from "./use-entries.ts";
import styles from "./key-value.module.css";

interface KeyListProps {
  entries: readonly Entry[];
  selected: string;
  onSelect: (key: string) => void;
}

/** Keys, the beginning of their values, and sizes. */
export function KeyList({ entries, selected, onSelect }: KeyListProps): ReactNode {
  return (
    <OptionList label="Keys" options={entries} keyOf={({ key }) => key} selected={selected} onSelect={onSelect}>
      {({ key, value }) => (
        <>
          <span className={styles.name}>{key}</span>
          <span className={styles.start}>{beginning(value)}</span>
          <span className={styles.size}>{formatBytes(value.byteLength)}</span>
        </>
      )}
    </OptionList>
  );
}

/** The first characters of a text, or nothing of other bytes. */
function beginning(value: Uint8Array): string {
  return value.byteLength > 4096 ? "" : (decodeText(value)?.slice(0, 80) ?? "");
}
