import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { runCommand } from "../commands/commands.ts";
import { dropped } from "../intake/dropped.ts";
import { useReport } from "./use-report.ts";

const DropHint = lazy(() => import("./drop-hint.tsx"));

/** Takes files that are dropped anywhere on the page. Moves within the page (text in the editor) are none of its matter. */
export function DropTarget(): ReactNode {
  const report = useReport();
  const [isOver, setIsOver] = useState(false);

  useFramesOpenToDrops();

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

/**
 * A drag that enters the page in the preview's frame is told to nobody but the frame. It comes from another window, which has
 * the focus then; so without it frames let the pointer through, until it moves, as it does not in a drag.
 */
function useFramesOpenToDrops(): void {
  useEffect(() => {
    const controller = new AbortController();
    const options = { capture: true, signal: controller.signal };
    const { dataset } = document.documentElement;
    const onBlur = (): void => {
      // The focus may have gone into a frame of the page.
      if (!(document.activeElement instanceof HTMLIFrameElement)) dataset["away"] = "";
    };
    const onBack = (): void => {
      delete dataset["away"];
    };
    window.addEventListener("blur", onBlur, { signal: controller.signal });
    for (const type of ["focus", "pointermove", "pointerdown", "drop"]) window.addEventListener(type, onBack, options);
    return () => {
      controller.abort();
      onBack();
    };
  }, []);
}
