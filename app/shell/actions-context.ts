import { createContext, useContext } from "react";
import { invariant } from "../../runtime/errors.ts";
import type { StudioActions } from "../kernel/actions.ts";

export const ActionsContext = createContext<StudioActions | undefined>(undefined);

/** What the studio can do; only below the provider that `mount` sets up. */
export function useActions(): StudioActions {
  const actions = useContext(ActionsContext);
  invariant(actions, "A component asks for the studio's actions outside of their provider.");
  return actions;
}
