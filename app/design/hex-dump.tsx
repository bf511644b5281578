import { type ReactNode, useMemo } from "react";
import { formatBytes } from "../utils/format-bytes.ts";
import { hexLines } from "../utils/hex-view.ts";
import styles from "./hex-dump.module.css";

const shownBytes = 4096;

/** Bytes as hexadecimal and ASCII; the first four kilobytes of them. */
export function HexDump({ bytes }: { bytes: Uint8Array }): ReactNode {
  const lines = useMemo(() => hexLines(bytes, shownBytes), [bytes]);
  return (
    <>
      <pre className={styles.dump}>
        {lines.map((line) => (
          <span key={line.offset} className={styles.line}>
            <span>{line.offset}</span>
            <span>{line.hex.padEnd(48)}</span>
            <span>{line.text}</span>
          </span>
        ))}
      </pre>
      {bytes.length > shownBytes && <p className={styles.rest}>and {formatBytes(bytes.length - shownBytes)} more</p>}
    </>
  );
}
