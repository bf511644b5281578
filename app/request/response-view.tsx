import { CircleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "../design/button.tsx";
import type { StudioResponse } from "../kernel/actions.ts";
import { BytesView } from "../design/bytes-view.tsx";
import { showLogOf, showTraceOf } from "../shell/ui-store.ts";
import { formatBytes } from "../utils/format-bytes.ts";
import { formatDuration } from "../utils/format-duration.ts";
import { reasonPhrase } from "../utils/reason-phrase.ts";
import { TimeBar } from "./time-bar.tsx";
import styles from "./request.module.css";

/** Status, time, and body or headers of an answer; the reason when it is not the guest's own. */
export function ResponseView({ response }: { response: StudioResponse }): ReactNode {
  const [part, setPart] = useState<"body" | "headers">("body");
  const { trace, status, statusText, headers, trailers, body, milliseconds } = response;
  const statusLine = `${status} ${statusText === "" ? reasonPhrase(status) : statusText}`;
  const contentType = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return (
    <>
      <div className={styles.summary}>
        <strong className={styles.status} data-class={Math.floor(status / 100)} title={statusLine}>
          {statusLine}
        </strong>
        <span>{formatDuration(milliseconds)}</span>
        <span>{formatBytes(body.byteLength)}</span>
        <span className={styles.grow} />
        {trace !== undefined && (
          <>
            <Button look="quiet" onClick={() => showLogOf(trace.requestId)}>
              Log
            </Button>
            <Button look="quiet" onClick={() => showTraceOf(trace.requestId)}>
              Trace
            </Button>
          </>
        )}
        <Button look="quiet" aria-pressed={part === "body"} onClick={() => setPart("body")}>
          Body
        </Button>
        <Button look="quiet" aria-pressed={part === "headers"} onClick={() => setPart("headers")}>
          Headers ({headers.length + trailers.length})
        </Button>
      </div>
      <TimeBar milliseconds={milliseconds} trace={trace} />
      {trace?.failure !== undefined && (
        <p className={styles.failure} data-code={trace.failure.code}>
          <CircleAlert size={14} aria-hidden />
          {trace.failure.message}
        </p>
      )}
      <div className={styles.answer}>
        {part === "body" ? (
          <BytesView bytes={body} contentType={contentType} />
        ) : (
          <>
            <HeaderTable fields={headers} />
            {trailers.length > 0 && <HeaderTable caption="Trailers" fields={trailers} />}
          </>
        )}
      </div>
    </>
  );
}

function HeaderTable({ caption, fields }: { caption?: string; fields: [string, string][] }): ReactNode {
  return (
    <table className={styles.table}>
      {caption !== undefined && <caption>{caption}</caption>}
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Header</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(([name, value], index) => (
          // A header may occur twice with the same value.
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={`${name} ${index}`}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
