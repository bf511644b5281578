import { useEffect, useState } from "react";
import type { Inspection } from "../../runtime/component/inspection.ts";
import { useStudio } from "../kernel/store.ts";
import { useActions } from "../shell/actions-context.ts";
import { messageOf } from "../utils/message-of.ts";

/** Ids of the manifest's components; those of the last right manifest while it is wrong. */
export function useComponentIds(): readonly string[] {
  const actions = useActions();
  const manifest = useStudio((state) => state.workspace.files["spin.toml"]);
  const workspaceId = useStudio((state) => state.workspace.id);
  const [ids, setIds] = useState<readonly string[]>([]);
  useEffect(() => {
    let current = true;
    void actions.playground.check().then((check) => {
      if (current && "lockedApp" in check) setIds(check.lockedApp.components.map(({ id }) => id));
    });
    return () => {
      current = false;
    };
    // Each of these means that they may be others now.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [actions, manifest, workspaceId]);
  return ids;
}

export type Look =
  | { state: "looking" }
  | { state: "seen"; inspection: Inspection }
  | { state: "failed"; fault: string };

/** What is in a component; looked into again with each start of the application. */
export function useInspection(componentId: string | undefined): Look {
  const actions = useActions();
  const generation = useStudio((state) => state.run.application?.generation);
  const workspaceId = useStudio((state) => state.workspace.id);
  const key = `${workspaceId} ${componentId}`;
  const [seen, setSeen] = useState<{ key: string; look: Look }>();
  useEffect(() => {
    if (componentId === undefined) return undefined;
    let current = true;
    const show = (look: Look): void => {
      if (current) setSeen({ key, look });
    };
    actions.playground.inspect(componentId).then(
      (inspection) => show({ state: "seen", inspection }),
      (error: unknown) => show({ state: "failed", fault: messageOf(error) }),
    );
    return () => {
      current = false;
    };
    // Another generation means other Wasm.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [actions, componentId, key, generation]);
  return seen?.key === key ? seen.look : { state: "looking" };
}
