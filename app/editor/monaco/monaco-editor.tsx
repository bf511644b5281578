import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { useActions } from "../../shell/actions-context.ts";
import { useTheme } from "../../shell/theme.ts";
import { useReport } from "../../shell/use-report.ts";
import styles from "../editor.module.css";
import type { ReadingPlace } from "../reading-place.ts";
import { provideWorkers } from "./environment.ts";
import { openSession } from "./session.ts";
import { registerSpinToml } from "./spin-toml.ts";
import { applyEditorTheme } from "./theme.ts";
import { registerToml } from "./toml.ts";
import { setUpTypeScript } from "./typescript-setup.ts";

provideWorkers();
registerToml();
registerSpinToml();
setUpTypeScript();

/**
 * The editor of the active tab's text. One for all tabs: each file has a model and a view of its own. It begins where
 * the person was in the plain text.
 */
export function MonacoEditor({ place }: { place: RefObject<ReadingPlace | undefined> }): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const actions = useActions();
  const report = useReport();
  const { theme } = useTheme();

  useEffect(() => applyEditorTheme(theme), [theme]);
  useEffect(
    () => (element.current === null ? undefined : openSession(element.current, place.current, actions, report)),
    [place, actions, report],
  );
  return <div ref={element} className={styles.monaco} data-testid="monaco" />;
}
