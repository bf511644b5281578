import { Send } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import { detectPlatform, formatKeys, matchesKeys } from "../commands/keys.ts";
import { Button } from "../design/button.tsx";
import field from "../design/field.module.css";
import { useStudio } from "../kernel/store.ts";
import { type HeaderRow, headerFault } from "../utils/header-rows.ts";
import { requestPath } from "../utils/request-path.ts";
import { HeaderRows } from "./header-rows.tsx";
import styles from "./request.module.css";

/** A request as it is sent. */
export interface RequestDraft {
  method: string;
  path: string;
  headers: HeaderRow[];
  /** `undefined` for methods that carry none. */
  body: string | undefined;
}

interface RequestFormProps {
  running: boolean;
  sending: boolean;
  onSend: (draft: RequestDraft) => void;
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const keys = "Mod+Enter";
const platform = detectPlatform(navigator.platform);

/** Method, path, headers and body. Nothing is sent but by Send or its key. */
export function RequestForm({ running, sending, onSend }: RequestFormProps): ReactNode {
  const origin = useStudio((state) => state.run.application?.url);
  const [method, setMethod] = useState("GET");
  const [path, setPath] = useState("/");
  const [headers, setHeaders] = useState<HeaderRow[]>([]);
  const [body, setBody] = useState("");
  const hasBody = method !== "GET" && method !== "HEAD";
  const target = requestPath(path, origin ?? "");
  const ready = running && !sending && target !== undefined && !headers.some((row) => headerFault(row) !== undefined);

  const send = (): void => {
    if (ready) onSend({ method, path: target, headers, body: hasBody && body !== "" ? body : undefined });
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!matchesKeys(keys, event, platform)) return;
    // In this form the key means Send, not Run.
    event.preventDefault();
    event.stopPropagation();
    send();
  };

  return (
    // Keys pressed in any field of the form come here.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form className={styles.form} aria-label="Request to send" onSubmit={onSubmit} onKeyDown={onKeyDown}>
      <div className={`${styles.line} ${styles.first}`}>
        <select
          className={field.field}
          aria-label="Method"
          value={method}
          onChange={(event) => setMethod(event.target.value)}
        >
          {methods.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <input
          className={`${field.field} ${field.code} ${styles.grow}`}
          aria-label="Path"
          aria-invalid={target === undefined}
          title={target === undefined ? "A path of this application" : undefined}
          value={path}
          spellCheck={false}
          onChange={(event) => setPath(event.target.value)}
        />
        <Button type="submit" look="primary" disabled={!ready} title={`Send (${formatKeys(keys, platform)})`}>
          <Send size={12} aria-hidden />
          Send
        </Button>
      </div>
      <div className={styles.parts}>
        <HeaderRows rows={headers} onChange={setHeaders} />
        {hasBody && (
          <textarea
            className={`${field.field} ${field.code} ${styles.body}`}
            aria-label="Body"
            placeholder="Body"
            rows={4}
            value={body}
            spellCheck={false}
            onChange={(event) => setBody(event.target.value)}
          />
        )}
      </div>
    </form>
  );
}
