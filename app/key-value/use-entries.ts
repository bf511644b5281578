import { useCallback, useEffect, useState } from "react";
import { useStudio } from "../kernel/store.ts";
import { useActions } from "../shell/actions-context.ts";
import { messageOf } from "../utils/message-of.ts";

export interface Entry {
  key: string;
  value: Uint8Array;
}

/** Keys with their values, read anew after each change; `undefined` reads nothing. */
export function useEntries(label: string | undefined): {
  entries: readonly Entry[];
  fault: string | undefined;
  refresh: () => void;
} {
  const actions = useActions();
  const revision = useStudio((state) => state.keyValueRevision);
  const workspaceId = useStudio((state) => state.workspace.id);
  const [asked, setAsked] = useState(0);
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [fault, setFault] = useState<string>();
  const refresh = useCallback(() => setAsked((count) => count + 1), []);

  useEffect(() => {
    if (label === undefined) return undefined;
    let current = true;
    const read = async (): Promise<void> => {
      const store = actions.playground.keyValue(label);
      const keys = await store.keys();
      const values = await Promise.all(keys.map((key) => store.get(key)));
      if (!current) return;
      // A key may go between the two readings.
      setEntries(keys.flatMap((key, index) => (values[index] === undefined ? [] : [{ key, value: values[index] }])));
      setFault(undefined);
    };
    read().catch((error: unknown) => current && setFault(messageOf(error)));
    return () => {
      current = false;
    };
    // Each of these means that the store may hold something else now.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [actions, label, revision, workspaceId, asked]);

  return { entries, fault, refresh };
}
