import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { runCommand } from "../commands/commands.ts";
import { dropped } from "../intake/dropped.ts";
import { useReport } from "./use-report.ts";

const DropHint = lazy(() => import("./drop-hint.tsx"));

/** Takes files that are dropped anywhere on the page. Moves within the page (text in the editor) are none of its matter. */
export function DropTarget(): ReactNode {
  const report = useReport();
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    const controller = new AbortController();
    // Before the editor, which would take files as text.
    const options = { capture: true, signal: controller.signal };
    const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") === true;
    const onDrag = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setIsOver(true);
    };
    window.addEventListener("dragenter", onDrag, options);
    window.addEventListener("dragover", onDrag, options);
    window.addEventListener(
      "dragleave",
      // Without another element it left the window.
      ({ relatedTarget }) => relatedTarget === null && setIsOver(false),
      options,
    );
    window.addEventListener(
      "drop",
      (event) => {
        setIsOver(false);
        const { dataTransfer } = event;
        if (dataTransfer === null || !hasFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        const given = dropped(dataTransfer);
        const arrival = import("../intake/read-drop.ts").then(({ readDrop }) => readDrop(given));
        report(runCommand("workspace.take-in", { arrival }));
      },
      options,
    );
    return () => controller.abort();
  }, [report]);

  if (!isOver) return undefined;
  return (
    <Suspense>
      <DropHint />
    </Suspense>
  );
}
