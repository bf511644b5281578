import { Code, Files, Globe, PanelBottom } from "lucide-react";
import { Tabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { EditorArea } from "../editor/editor-area.tsx";
import { FilePanel } from "../files/file-panel.tsx";
import { PreviewPane } from "../preview/preview-pane.tsx";
import { BottomPanels } from "./bottom-panels.tsx";
import { showView, useUi, type ViewId } from "./ui-store.ts";
import { Pane } from "../design/pane.tsx";
import styles from "./app.module.css";

const views: { id: ViewId; name: string; icon: typeof Code; content: () => ReactNode }[] = [
  { id: "files", name: "Files", icon: Files, content: FilePanel },
  { id: "editor", name: "Editor", icon: Code, content: EditorArea },
  { id: "preview", name: "Preview", icon: Globe, content: PreviewPane },
  { id: "panels", name: "Panels", icon: PanelBottom, content: BottomPanels },
];

/** One column: the same panes, one at a time. All stay mounted, so that nothing is lost by switching. */
export function NarrowLayout(): ReactNode {
  const view = useUi((state) => state.view);
  return (
    <Tabs.Root className={styles.narrow} value={view} onValueChange={(value) => showView(value as ViewId)}>
      {views.map(({ id, name, content: Content }) => (
        <Tabs.Panel key={id} value={id} keepMounted className={styles.view} tabIndex={-1}>
          <Pane name={name.toLowerCase()}>
            <Content />
          </Pane>
        </Tabs.Panel>
      ))}
      <Tabs.List className={styles.switcher} aria-label="What the page shows">
        {views.map(({ id, name, icon: Icon }) => (
          <Tabs.Tab key={id} value={id} className={styles.switch}>
            <Icon size={16} aria-hidden />
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs.Root>
  );
}
