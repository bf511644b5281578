import type { ReactNode } from "react";
import { DropTarget } from "./drop-target.tsx";
import { NoticeBanner } from "./notice-banner.tsx";
import { ProblemBanner } from "./problem-banner.tsx";
import { NarrowLayout } from "./narrow-layout.tsx";
import { TopBar } from "./top-bar.tsx";
import { useKeyboard } from "./use-keyboard.ts";
import { useMissingVariables } from "./use-missing-variables.ts";
import { useNarrow } from "./use-narrow.ts";
import { WasmQuestion } from "./wasm-question.tsx";
import { WideLayout } from "./wide-layout.tsx";
import styles from "./app.module.css";

/** The whole studio. */
export function App(): ReactNode {
  const narrow = useNarrow();
  useKeyboard();
  useMissingVariables();
  return (
    <div className={styles.app}>
      <TopBar narrow={narrow} />
      <ProblemBanner />
      <NoticeBanner />
      {narrow ? <NarrowLayout /> : <WideLayout />}
      <WasmQuestion />
      <DropTarget />
    </div>
  );
}
