import { type ReactNode, useState } from "react";

/** Mounts its content when first shown and keeps it mounted from then on. */
export function KeptOnceShown({ shown, children }: { shown: boolean; children: ReactNode }): ReactNode {
  const [wasShown, setWasShown] = useState(shown);
  if (shown && !wasShown) setWasShown(true);
  return wasShown || shown ? children : undefined;
}
