import { Dialog } from "@base-ui/react/dialog";
import { type FormEvent, type ReactNode, useState } from "react";
import { messageOf } from "../utils/message-of.ts";
import { Button } from "./button.tsx";
import styles from "./dialog.module.css";
import field from "./field.module.css";

interface FormDialogProps {
  title: string;
  description?: ReactNode;
  /** Name of the button that does it. */
  action: string;
  danger?: boolean;
  disabled?: boolean;
  children?: ReactNode;
  /** A rejection keeps the dialog open and shows its message. */
  onSubmit: () => Promise<void>;
  onClose: () => void;
}

/** A modal question with one answer that does something, and Cancel. Escape and the backdrop cancel too. */
export default function FormDialog(props: FormDialogProps): ReactNode {
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await props.onSubmit();
      props.onClose();
    } catch (error) {
      setFault(messageOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup}>
          <form onSubmit={(event) => void submit(event)}>
            <Dialog.Title className={styles.title}>{props.title}</Dialog.Title>
            {props.description !== undefined && (
              <Dialog.Description className={styles.description}>{props.description}</Dialog.Description>
            )}
            <div className={styles.body}>
              {props.children}
              {fault !== undefined && (
                <p role="alert" className={field.fault}>
                  {fault}
                </p>
              )}
            </div>
            <div className={styles.actions}>
              <Button onClick={props.onClose}>Cancel</Button>
              <Button
                type="submit"
                look={props.danger === true ? "danger" : "primary"}
                disabled={busy || props.disabled === true}
              >
                {props.action}
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
