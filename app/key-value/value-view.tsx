import { Pencil, Trash2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Button, IconButton } from "../design/button.tsx";
import { BytesView } from "../design/bytes-view.tsx";
import field from "../design/field.module.css";
import { useActions } from "../shell/actions-context.ts";
import { decodeText } from "../utils/text-detection.ts";
import { messageOf } from "../utils/message-of.ts";
import type { Entry } from "./use-entries.ts";
import styles from "./key-value.module.css";

const FormDialog = lazy(() => import("../design/form-dialog.tsx"));

interface ValueViewProps {
  label: string;
  entry: Entry;
  onChanged: () => void;
}

/** One value: shown in the form that suits it, changed as text, deleted. */
export function ValueView({ label, entry, onChanged }: ValueViewProps): ReactNode {
  const store = useActions().playground.keyValue(label);
  const [draft, setDraft] = useState<string>();
  const [fault, setFault] = useState<string>();
  const [deleting, setDeleting] = useState(false);
  const text = decodeText(entry.value);

  const save = async (value: string): Promise<void> => {
    try {
      await store.set(entry.key, value);
      setDraft(undefined);
      setFault(undefined);
      onChanged();
    } catch (error) {
      setFault(messageOf(error));
    }
  };
  const remove = async (): Promise<void> => {
    await store.delete(entry.key);
    onChanged();
  };

  return (
    <div className={styles.value}>
      <div className={styles.valueBar}>
        <strong>{entry.key}</strong>
        <IconButton
          label={text === undefined ? "The value is no text and cannot be edited" : "Edit the value"}
          disabled={text === undefined || draft !== undefined}
          onClick={() => setDraft(text)}
        >
          <Pencil size={13} aria-hidden />
        </IconButton>
        <IconButton label="Delete the key" onClick={() => setDeleting(true)}>
          <Trash2 size={13} aria-hidden />
        </IconButton>
      </div>
      {draft === undefined ? (
        <BytesView bytes={entry.value} />
      ) : (
        <>
          <textarea
            className={`${field.field} ${field.code} ${styles.draft}`}
            aria-label={`Value of ${entry.key}`}
            value={draft}
            spellCheck={false}
            onChange={(event) => setDraft(event.target.value)}
          />
          {fault !== undefined && (
            <p role="alert" className={field.fault}>
              {fault}
            </p>
          )}
          <div className={styles.actions}>
            <Button onClick={() => setDraft(undefined)}>Cancel</Button>
            <Button look="primary" onClick={() => void save(draft)}>
              Save
            </Button>
          </div>
        </>
      )}
      {deleting && (
        <Suspense>
          <FormDialog
            title="Delete key"
            description={`${entry.key} is deleted from the store "${label}".`}
            action="Delete"
            danger
            onSubmit={remove}
            onClose={() => setDeleting(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
