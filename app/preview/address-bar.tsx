import { ExternalLink, RotateCw } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { IconButton } from "../design/button.tsx";
import field from "../design/field.module.css";
import panel from "../design/panel.module.css";
import type { RunningApplication } from "../kernel/state.ts";
import { showTraceOf } from "../shell/ui-store.ts";
import { formatDuration } from "../utils/format-duration.ts";
import { requestPath } from "../utils/request-path.ts";
import { traceDuration } from "../utils/time-split.ts";
import type { PreviewNavigation } from "./use-navigation.ts";
import styles from "./preview.module.css";

interface AddressBarProps {
  application: RunningApplication | undefined;
  navigation: PreviewNavigation;
}

/** Where the preview is, how the request for it went, and the ways elsewhere. */
export function AddressBar({ application, navigation }: AddressBarProps): ReactNode {
  const { path, trace, loading, go } = navigation;
  const [typed, setTyped] = useState<string>();
  const [refused, setRefused] = useState(false);
  const disabled = application === undefined;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (application === undefined) return;
    const next = requestPath(typed ?? path, application.url);
    setRefused(next === undefined);
    if (next === undefined) return;
    setTyped(undefined);
    go(next);
  };

  return (
    <div className={panel.bar}>
      <IconButton label="Reload the preview" disabled={disabled} onClick={() => go(path)}>
        <RotateCw size={14} aria-hidden />
      </IconButton>
      <form className={styles.form} onSubmit={submit}>
        <label className={`${field.field} ${styles.location}`} data-disabled={disabled ? "" : undefined}>
          {application !== undefined && (
            <span className={styles.host} aria-hidden>
              {new URL(application.url).host}
            </span>
          )}
          <input
            className={styles.address}
            aria-label="Path to preview"
            aria-invalid={refused}
            value={typed ?? path}
            disabled={disabled}
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && setTyped(undefined)}
            onBlur={() => (setTyped(undefined), setRefused(false))}
          />
        </label>
      </form>
      {refused && (
        <span role="alert" className={styles.outcome} data-failed="">
          Not of this application
        </span>
      )}
      {!disabled && loading && trace === undefined && (
        <span className={`${styles.outcome} ${styles.loading}`}>Loading</span>
      )}
      {!disabled && trace !== undefined && (
        <button
          type="button"
          className={styles.outcome}
          data-failed={trace.status >= 500 ? "" : undefined}
          title="Show where the time of this request went"
          onClick={() => showTraceOf(trace.requestId)}
        >
          {trace.status} · {formatDuration(traceDuration(trace))}
        </button>
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
