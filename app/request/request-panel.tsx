import { type ReactNode, useState } from "react";
import { EmptyState } from "../design/empty-state.tsx";
import type { StudioResponse } from "../kernel/actions.ts";
import { useStudio } from "../kernel/store.ts";
import { useActions } from "../shell/actions-context.ts";
import { messageOf } from "../utils/message-of.ts";
import { headersOfRows } from "../utils/header-rows.ts";
import { type RequestDraft, RequestForm } from "./request-form.tsx";
import { ResponseView } from "./response-view.tsx";
import styles from "./request.module.css";

type Outcome =
  | { kind: "none" }
  | { kind: "sending" }
  | { kind: "answered"; response: StudioResponse }
  | { kind: "failed"; message: string };

/** Sends one request to the running application and shows all of the answer. */
export default function RequestPanel(): ReactNode {
  const actions = useActions();
  const running = useStudio((state) => state.run.application !== undefined);
  const [outcome, setOutcome] = useState<Outcome>({ kind: "none" });

  const send = async (draft: RequestDraft): Promise<void> => {
    setOutcome({ kind: "sending" });
    try {
      const response = await actions.sendRequest({
        method: draft.method,
        path: draft.path,
        headers: headersOfRows(draft.headers),
        body: draft.body,
      });
      setOutcome({ kind: "answered", response });
    } catch (error) {
      setOutcome({ kind: "failed", message: messageOf(error) });
    }
  };

  return (
    <section className={styles.columns} aria-label="Request">
      <RequestForm running={running} sending={outcome.kind === "sending"} onSend={(draft) => void send(draft)} />
      <div className={styles.response} aria-live="polite" aria-busy={outcome.kind === "sending"}>
        {outcome.kind === "answered" && <ResponseView response={outcome.response} />}
        {outcome.kind === "failed" && (
          <EmptyState>
            <p className={styles.fault}>{outcome.message}</p>
          </EmptyState>
        )}
        {outcome.kind === "sending" && (
          <EmptyState>
            <p>Waiting for the answer.</p>
          </EmptyState>
        )}
        {outcome.kind === "none" && (
          <EmptyState>
            <p>{running ? "The answer shows here." : "No application is running."}</p>
          </EmptyState>
        )}
      </div>
    </section>
  );
}
