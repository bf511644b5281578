import { Eye, EyeOff, Undo2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { IconButton } from "../design/button.tsx";
import field from "../design/field.module.css";
import type { ApplicationVariable } from "../kernel/playground.ts";
import { useActions } from "../shell/actions-context.ts";
import { messageOf } from "../utils/message-of.ts";
import { describeSource } from "./describe-source.ts";
import { ValueField } from "./value-field.tsx";
import styles from "./variables.module.css";

interface VariableRowProps {
  variable: ApplicationVariable;
  /** The application did not start for want of its value. */
  missing: boolean;
  /** Its field gets the focus. */
  wanted: boolean;
}

/** One variable: what it is for, and its value. A change takes effect on Enter, or when the field is left. */
export function VariableRow({ variable, missing, wanted }: VariableRowProps): ReactNode {
  const { playground } = useActions();
  const { name, description, required, secret, value, usedBy } = variable;
  const [revealed, setRevealed] = useState(false);
  const [fault, setFault] = useState<string>();
  const about = useId();

  const give = (text: string | undefined): void => {
    playground.setVariable(name, text).then(
      () => setFault(undefined),
      (error: unknown) => setFault(messageOf(error)),
    );
  };

  return (
    <li className={styles.variable} data-missing={missing || undefined}>
      <div className={styles.head}>
        <strong className={styles.name}>{name}</strong>
        {required && <span className={styles.badge}>required</span>}
        {secret && <span className={styles.badge}>secret</span>}
      </div>
      <div className={styles.value}>
        <ValueField
          name={name}
          value={value}
          masked={secret && !revealed}
          placeholder={value === "" ? "(empty)" : (variable.default ?? "")}
          hidePlaceholder={secret && !revealed && value !== ""}
          invalid={missing}
          describedBy={about}
          wanted={wanted}
          onGive={give}
        />
        {secret && (
          <IconButton
            label={`${revealed ? "Hide" : "Show"} the value of ${name}`}
            onClick={() => setRevealed(!revealed)}
          >
            {revealed ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
          </IconButton>
        )}
        <IconButton
          label={required ? `Clear the value of ${name}` : `Clear the value of ${name}, back to its default`}
          disabled={value === undefined}
          onClick={() => give(undefined)}
        >
          <Undo2 size={14} aria-hidden />
        </IconButton>
      </div>
      <div id={about} className={styles.about}>
        {description !== undefined && description !== "" && <p className={styles.description}>{description}</p>}
        <p>{describeSource(variable, secret && !revealed)}</p>
        <p>
          {usedBy.length === 0 ? (
            "No component uses it."
          ) : (
            <>
              Used by <code>{usedBy.join(", ")}</code>.
            </>
          )}
        </p>
        {fault !== undefined && (
          <p role="alert" className={field.fault}>
            {fault}
          </p>
        )}
      </div>
    </li>
  );
}
