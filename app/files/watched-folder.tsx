import { Eye, EyeOff } from "lucide-react";
import type { ReactNode } from "react";
import { runCommand } from "../commands/commands.ts";
import { Button } from "../design/button.tsx";
import { useStudio } from "../kernel/store.ts";
import { useReport } from "../shell/use-report.ts";
import styles from "./files.module.css";

/** Which folder of the person's disk the workspace follows, and how to end that. */
export function WatchedFolder(): ReactNode {
  const watched = useStudio((state) => state.watchedFolder);
  const report = useReport();
  if (watched === undefined) return undefined;
  const { name, paused } = watched;
  return (
    <section className={styles.watched} aria-label="Watched folder">
      {paused ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
      <p title="Changes of what spin.toml names come into this workspace. Nothing is written to the folder.">
        {paused ? `${name} is not watched now` : `Watching ${name}`}
      </p>
      {paused && <Button onClick={() => report(runCommand("workspace.go-on-watching"))}>Go on watching</Button>}
      <Button look="quiet" onClick={() => report(runCommand("workspace.stop-watching"))}>
        Stop
      </Button>
    </section>
  );
}
