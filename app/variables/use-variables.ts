import { useEffect, useState } from "react";
import type { ApplicationVariable } from "../kernel/playground.ts";
import { useStudio } from "../kernel/store.ts";
import { useActions } from "../shell/actions-context.ts";
import { messageOf } from "../utils/message-of.ts";

export interface Variables {
  /** `undefined` until they are known; while the manifest is wrong, those of the last right one. */
  variables: readonly ApplicationVariable[] | undefined;
  fault: string | undefined;
}

/** The application variables of the manifest as it is now, with their values. */
export function useVariables(): Variables {
  const actions = useActions();
  const files = useStudio((state) => state.workspace.files);
  const [manifest, runtimeConfig] = [files["spin.toml"], files["runtime-config.toml"]];
  const workspaceId = useStudio((state) => state.workspace.id);
  const values = useStudio((state) => state.variables);
  const [variables, setVariables] = useState<readonly ApplicationVariable[]>();
  const [fault, setFault] = useState<string>();

  useEffect(() => {
    let current = true;
    actions.playground.variables().then(
      (read) => {
        if (!current) return;
        setVariables(read);
        setFault(undefined);
      },
      (error: unknown) => current && setFault(messageOf(error)),
    );
    return () => {
      current = false;
    };
    // Each of these means that they may be others now.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [actions, manifest, runtimeConfig, workspaceId, values]);

  return { variables, fault };
}
