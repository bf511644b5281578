import { Plus, X } from "lucide-react";
import type { ClipboardEvent, ReactNode } from "react";
import { Button, IconButton } from "../design/button.tsx";
import field from "../design/field.module.css";
import { type HeaderRow, headerFault, parseHeaderLines } from "../utils/header-rows.ts";
import styles from "./request.module.css";

interface HeaderRowsProps {
  rows: HeaderRow[];
  onChange: (rows: HeaderRow[]) => void;
}

/** The headers to send, one a row. Lines `name: value` pasted into a name become rows. */
export function HeaderRows({ rows, onChange }: HeaderRowsProps): ReactNode {
  const change = (index: number, part: Partial<HeaderRow>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const onPaste = (event: ClipboardEvent, index: number): void => {
    const pasted = parseHeaderLines(event.clipboardData.getData("text"));
    if (pasted === undefined) return;
    event.preventDefault();
    onChange([...rows.slice(0, index), ...pasted, ...rows.slice(index + 1)]);
  };
  const fault = rows.map(headerFault).find((one) => one !== undefined);

  return (
    <fieldset className={styles.headers}>
      <legend className="visually-hidden">Headers</legend>
      {rows.map((row, index) => (
        // Rows have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.line}>
          <input
            className={`${field.field} ${field.code} ${styles.headerName}`}
            aria-label={`Name of header ${index + 1}`}
            aria-invalid={headerFault(row) !== undefined}
            placeholder="header"
            value={row.name}
            spellCheck={false}
            onChange={(event) => change(index, { name: event.target.value })}
            onPaste={(event) => onPaste(event, index)}
          />
          <input
            className={`${field.field} ${field.code} ${styles.grow}`}
            aria-label={`Value of header ${index + 1}`}
            placeholder="value"
            value={row.value}
            spellCheck={false}
            onChange={(event) => change(index, { value: event.target.value })}
          />
          <IconButton
            label={`Remove header ${index + 1}`}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          >
            <X size={13} aria-hidden />
          </IconButton>
        </div>
      ))}
      {fault !== undefined && (
        <p role="alert" className={field.fault}>
          {fault}
        </p>
      )}
      <div>
        <Button look="quiet" onClick={() => onChange([...rows, { name: "", value: "" }])}>
          <Plus size={13} aria-hidden />
          Header
        </Button>
      </div>
    </fieldset>
  );
}
