import { useSyncExternalStore } from "react";

const narrow = matchMedia("(max-width: 799px)");

/** Whether the window is too narrow for panes side by side. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow.addEventListener("change", listener);
      return () => narrow.removeEventListener("change", listener);
    },
    () => narrow.matches,
  );
}
