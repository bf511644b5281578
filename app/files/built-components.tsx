import { Download, Package } from "lucide-react";
import type { ReactNode } from "react";
import { runCommand } from "../commands/commands.ts";
import { IconButton } from "../design/button.tsx";
import { useStudio } from "../kernel/store.ts";
import { showComponent } from "../shell/ui-store.ts";
import { useReport } from "../shell/use-report.ts";
import styles from "./files.module.css";

/** The components of the running application: each is a normal Wasm component that the person can take along. */
export function BuiltComponents(): ReactNode {
  const components = useStudio((state) => state.run.application?.components);
  const report = useReport();
  if (components === undefined || components.length === 0) return undefined;
  return (
    <section className={styles.built} aria-label="Built components">
      <h2 className={styles.heading}>Components</h2>
      {components.map((id) => (
        <div key={id} className={styles.component}>
          <Package size={14} aria-hidden />
          <button
            type="button"
            className={styles.name}
            aria-label={`Look inside ${id}`}
            title={`Look inside ${id}`}
            onClick={() => showComponent(id)}
          >
            {id}
          </button>
          <IconButton
            label={`Download the Wasm component ${id}`}
            onClick={() => report(runCommand("component.download", { component: id }))}
          >
            <Download size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
