import type { ReactNode } from "react";
import type { Inspection } from "../../runtime/component/inspection.ts";
import type { ImportInspection, Provision } from "../../runtime/host/provision.ts";
import field from "../design/field.module.css";
import { formatBytes } from "../utils/format-bytes.ts";
import styles from "./components.module.css";

const provisions: Record<Provision, string> = { provided: "provided", refuses: "refuses", missing: "not there" };

/** What was seen in a component, one thing after the other. */
export function InspectionView({ inspection }: { inspection: Inspection }): ReactNode {
  const { kind, size, handler, fault, imports, exports, producers, wit, witFault } = inspection;
  return (
    <div className={styles.view}>
      <dl className={styles.facts}>
        <dt>Kind</dt>
        <dd>
          {kind === "component" ? "Component" : "Core module"}, {formatBytes(size)}
        </dd>
        <dt>Answers by</dt>
        <dd className={fault === undefined ? styles.code : field.fault}>{handler ?? fault}</dd>
        {producers.length > 0 && (
          <>
            <dt>Made by</dt>
            <dd>
              {producers.map((one) => (
                <span key={JSON.stringify(one)} className={styles.producer} title={one.field}>
                  {one.name} {one.version}
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
      <h3 className={styles.heading}>Imports ({imports.length})</h3>
      <ul className={styles.names} aria-label="Imports">
        {imports.map((one) => (
          <ImportRow key={one.name} entry={one} />
        ))}
      </ul>
      <h3 className={styles.heading}>Exports ({exports.length})</h3>
      <ul className={styles.names} aria-label="Exports">
        {exports.map((name) => (
          <li key={name} className={styles.code}>
            {name}
          </li>
        ))}
      </ul>
      <h3 className={styles.heading}>WIT</h3>
      {wit === undefined ? (
        <p className={styles.muted}>{witFault}</p>
      ) : (
        // It scrolls, which keys must be able to do as well.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={styles.wit} aria-label="WIT" tabIndex={0}>
          {wit}
        </pre>
      )}
    </div>
  );
}

function ImportRow({ entry: { name, provision, note } }: { entry: ImportInspection }): ReactNode {
  return (
    <li>
      <span className={styles.code}>{name}</span>{" "}
      <span className={styles.provision} data-provision={provision}>
        {provisions[provision]}
      </span>
      {note !== undefined && <span className={styles.muted}> {note}</span>}
    </li>
  );
}
