import { Braces } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "../design/empty-state.tsx";
import field from "../design/field.module.css";
import panel from "../design/panel.module.css";
import { useStudio } from "../kernel/store.ts";
import { useUi } from "../shell/ui-store.ts";
import { useVariables } from "./use-variables.ts";
import { VariableRow } from "./variable-row.tsx";
import styles from "./variables.module.css";

/** The application variables of `spin.toml`, and the values that the person gives them. */
export default function VariablesPanel(): ReactNode {
  const { variables, fault } = useVariables();
  const missing = useStudio((state) => state.missingVariables);
  const workspaceId = useStudio((state) => state.workspace.id);
  const wanted = useUi((state) => state.variableToFill);

  // With auto-run off, those that have got a value since still wait for Run.
  const lacking = (variables ?? []).filter(
    ({ name, source }) => source === "none" && missing?.names.includes(name) === true,
  );
  return (
    <section className={panel.panel} aria-label="Variables">
      {fault !== undefined && (
        <p role="alert" className={`${field.fault} ${styles.fault}`}>
          {fault}
        </p>
      )}
      {lacking.length > 0 && (
        <p role="status" className={styles.missing}>
          The application starts when its required variables have values: {lacking.map(({ name }) => name).join(", ")}.
        </p>
      )}
      {variables === undefined || variables.length === 0 ? (
        fault === undefined &&
        variables !== undefined && (
          <EmptyState>
            <Braces size={20} strokeWidth={1.5} aria-hidden />
            <p>The application has no variables: [variables] in spin.toml declares them.</p>
          </EmptyState>
        )
      ) : (
        <div className={panel.content}>
          <ul className={styles.list} aria-label="Application variables">
            {variables.map((variable) => (
              <VariableRow
                // A field with an edit that was not finished belongs to one workspace.
                key={`${workspaceId} ${variable.name}`}
                variable={variable}
                missing={lacking.includes(variable)}
                wanted={variable.name === wanted}
              />
            ))}
          </ul>
          <p className={styles.note}>
            Values are kept in this browser, and are in no file, link or download of the workspace.
          </p>
        </div>
      )}
    </section>
  );
}
