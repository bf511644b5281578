import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";
import field from "../design/field.module.css";
import { uiStore } from "../shell/ui-store.ts";
import styles from "./variables.module.css";

interface ValueFieldProps {
  name: string;
  value: string | undefined;
  masked: boolean;
  placeholder: string;
  /** A default of a secret is masked like its value. */
  hidePlaceholder: boolean;
  invalid: boolean;
  describedBy: string;
  /** It gets the focus. */
  wanted: boolean;
  /** `undefined` when the field was left empty: the variable has no value of its own then. */
  onGive: (value: string | undefined) => void;
}

/**
 * The value in a field of its own length, or masked. The draft becomes the value on Enter or when the field is left, and is
 * dropped on Escape: each change loads the application again.
 */
export function ValueField(props: ValueFieldProps): ReactNode {
  const { name, value, masked, invalid, describedBy, wanted, onGive } = props;
  const [draft, setDraft] = useState(value ?? "");
  const [known, setKnown] = useState(value);
  if (known !== value) {
    // Changed by another way than this field.
    setKnown(value);
    setDraft(value ?? "");
  }

  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!wanted) return;
    element.current?.focus();
    uiStore.setState({ variableToFill: undefined });
  }, [wanted]);

  const give = (): void => {
    if (draft !== (value ?? "")) onGive(draft === "" ? undefined : draft);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") setDraft(value ?? "");
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    give();
  };
  /** A masked field has one line, and the browser would join those of a key that is pasted. */
  const onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData("text");
    if (!masked || !text.includes("\n")) return;
    event.preventDefault();
    setDraft(text);
  };

  const shared = {
    className: `${field.field} ${field.code} ${styles.field}`,
    "aria-label": `Value of ${name}`,
    "aria-describedby": describedBy,
    "aria-invalid": invalid,
    placeholder: props.hidePlaceholder && props.placeholder !== "" ? "••••••••" : props.placeholder,
    value: draft,
    spellCheck: false,
    autoComplete: "off",
    autoCapitalize: "off",
    onBlur: give,
    onKeyDown,
    onPaste,
  };
  return masked ? (
    <input
      {...shared}
      ref={element as RefObject<HTMLInputElement | null>}
      type="password"
      onChange={(event) => setDraft(event.target.value)}
    />
  ) : (
    <textarea
      {...shared}
      ref={element as RefObject<HTMLTextAreaElement | null>}
      rows={1}
      onChange={(event) => setDraft(event.target.value)}
    />
  );
}
