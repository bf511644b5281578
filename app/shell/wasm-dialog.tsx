import { type ReactNode, useState } from "react";
import { runCommand } from "../commands/commands.ts";
import FormDialog from "../design/form-dialog.tsx";
import type { ArrivedWasm } from "../kernel/state.ts";
import { useActions } from "./actions-context.ts";
import styles from "./wasm-dialog.module.css";

/** The value of the choice that is no component: ids of components are never empty. */
const newApplication = "";

/** Asks whether Wasm becomes an application, or takes the place of a component's. */
export default function WasmDialog({ arrived }: { arrived: ArrivedWasm }): ReactNode {
  const actions = useActions();
  const { names, replaceable } = arrived;
  const [choice, setChoice] = useState(newApplication);
  const choices = [
    {
      value: newApplication,
      label: "Open as a new application",
      detail: "This workspace is kept, one step back.",
    },
    ...replaceable.map(({ id, source }) => ({ value: id, label: `Replace component ${id}`, detail: source })),
  ];
  return (
    <FormDialog
      title={`Open ${names.join(", ")}`}
      description="This workspace has a spin.toml already. Either can be undone."
      action={choice === newApplication ? "Open" : "Replace"}
      onSubmit={() =>
        choice === newApplication
          ? runCommand("workspace.open-wasm")
          : runCommand("workspace.replace-component", { component: choice })
      }
      onClose={() => actions.arrivals.dismiss()}
    >
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">What to do with it</legend>
        {choices.map(({ value, label, detail }) => (
          <label key={value} className={styles.choice}>
            <input type="radio" name="wasm" checked={choice === value} onChange={() => setChoice(value)} />
            <span>{label}</span>
            <span className={styles.detail}>{detail}</span>
          </label>
        ))}
      </fieldset>
    </FormDialog>
  );
}
