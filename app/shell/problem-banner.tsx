import { TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../design/button.tsx";
import { useStudio } from "../kernel/store.ts";
import { useActions } from "./actions-context.ts";
import styles from "./problem-banner.module.css";

/** What went wrong that no line of a file is to blame for, until it is dismissed or overcome. */
export function ProblemBanner(): ReactNode {
  const problem = useStudio((state) => state.problem);
  const actions = useActions();
  if (problem === undefined) return undefined;
  return (
    <div role="alert" className={styles.banner} data-code={problem.code}>
      <TriangleAlert size={15} aria-hidden />
      <p>{problem.message}</p>
      <IconButton label="Dismiss" onClick={() => actions.dismissProblem()}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
