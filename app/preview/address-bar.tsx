import { ExternalLink, RotateCw } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { IconButton } from "../design/button.tsx";
import field from "../design/field.module.css";
import panel from "../design/panel.module.css";
import type { RunningApplication } from "../kernel/state.ts";
import { formatDuration } from "../utils/format-duration.ts";
import { requestPath } from "../utils/request-path.ts";
import { traceDuration, useLastTrace } from "./use-last-trace.ts";
import styles from "./preview.module.css";

interface AddressBarProps {
  application: RunningApplication | undefined;
  path: string;
  /** Loads a path, also the one that is shown already. */
  onGo: (path: string) => void;
}

/** Where the preview is. A page's own navigation is on another origin and cannot be read, so the bar does not follow it. */
export function AddressBar({ application, path, onGo }: AddressBarProps): ReactNode {
  const [typed, setTyped] = useState<string>();
  const [refused, setRefused] = useState(false);
  const trace = useLastTrace(path);
  const disabled = application === undefined;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (application === undefined) return;
    const next = requestPath(typed ?? path, application.url);
    setRefused(next === undefined);
    if (next === undefined) return;
    setTyped(undefined);
    onGo(next);
  };

  return (
    <div className={panel.bar}>
      <IconButton label="Reload the preview" disabled={disabled} onClick={() => onGo(path)}>
        <RotateCw size={14} aria-hidden />
      </IconButton>
      <form className={styles.form} onSubmit={submit}>
        <input
          className={`${field.field} ${field.code} ${styles.address}`}
          aria-label="Path to preview"
          aria-invalid={refused}
          title={refused ? "The preview shows this application only." : undefined}
          value={typed ?? path}
          disabled={disabled}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => typed === path && setTyped(undefined)}
        />
      </form>
      {!disabled && trace !== undefined && (
        <span className={styles.outcome} data-failed={trace.status >= 500 ? "" : undefined}>
          {trace.status} · {formatDuration(traceDuration(trace))}
        </span>
      )}
      <IconButton
        label="Open in a new tab"
        disabled={disabled}
        onClick={() => application !== undefined && window.open(application.url + path, "_blank", "noopener")}
      >
        <ExternalLink size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
