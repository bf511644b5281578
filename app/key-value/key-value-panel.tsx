import { Database, RotateCw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "../design/button.tsx";
import { EmptyState } from "../design/empty-state.tsx";
import field from "../design/field.module.css";
import panel from "../design/panel.module.css";
import { useStudio } from "../kernel/store.ts";
import { KeyList } from "./key-list.tsx";
import { useEntries } from "./use-entries.ts";
import { ValueView } from "./value-view.tsx";
import styles from "./key-value.module.css";

const noStores: string[] = [];

/** The key-value stores of the running application; follows each change that its components make. */
export default function KeyValuePanel(): ReactNode {
  const application = useStudio((state) => state.run.application);
  const stores = application?.keyValueStores ?? noStores;
  const [chosen, setChosen] = useState<string>();
  const [key, setKey] = useState<string>();
  const [filter, setFilter] = useState("");
  const label = chosen !== undefined && stores.includes(chosen) ? chosen : stores[0];
  const { entries, fault, refresh } = useEntries(label);
  const shown = entries.filter((entry) => entry.key.toLowerCase().includes(filter.trim().toLowerCase()));
  const entry = shown.find((one) => one.key === key) ?? shown[0];

  if (application === undefined || label === undefined) {
    return (
      <EmptyState>
        <Database size={20} strokeWidth={1.5} aria-hidden />
        <p>
          {application === undefined
            ? "The stores of an application show here while it runs."
            : "No component of this application has a key-value store: key_value_stores in spin.toml grants one."}
        </p>
      </EmptyState>
    );
  }
  return (
    <section className={panel.panel} aria-label="Key-value">
      <div className={panel.bar}>
        <select
          className={field.field}
          aria-label="Store"
          value={label}
          onChange={(event) => setChosen(event.target.value)}
        >
          {stores.map((store) => (
            <option key={store}>{store}</option>
          ))}
        </select>
        <input
          className={field.field}
          type="search"
          placeholder="Filter keys"
          aria-label="Filter keys"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span className={styles.count}>
          {entries.length} {entries.length === 1 ? "key" : "keys"}
        </span>
        <span className={panel.spacer} />
        <IconButton label="Read the store again" onClick={refresh}>
          <RotateCw size={14} aria-hidden />
        </IconButton>
      </div>
      {fault !== undefined && (
        <p role="alert" className={`${field.fault} ${styles.fault}`}>
          {fault}
        </p>
      )}
      {entry === undefined ? (
        <EmptyState>
          <p>{entries.length === 0 ? `The store "${label}" holds no keys.` : "No key passes the filter."}</p>
        </EmptyState>
      ) : (
        <div className={styles.columns}>
          <KeyList entries={shown} selected={entry.key} onSelect={setKey} />
          <ValueView key={`${label} ${entry.key}`} label={label} entry={entry} onChanged={refresh} />
        </div>
      )}
    </section>
  );
}
