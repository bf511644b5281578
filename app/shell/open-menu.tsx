import { FolderOpen } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { runCommand } from "../commands/commands.ts";
import { Button, IconButton } from "../design/button.tsx";
import { MenuButton } from "../design/menu-button.tsx";
import { useReport } from "./use-report.ts";

const UrlDialog = lazy(() => import("./url-dialog.tsx"));

/** "Open": what a person has already, in place of a template. */
export function OpenMenu({ narrow }: { narrow: boolean }): ReactNode {
  const report = useReport();
  const [asksUrl, setAsksUrl] = useState(false);
  const icon = <FolderOpen size={14} aria-hidden />;
  return (
    <>
      <MenuButton
        align="end"
        trigger={narrow ? <IconButton label="Open">{icon}</IconButton> : <Button look="quiet">{icon} Open</Button>}
        entries={[
          {
            id: "files",
            label: "Files…",
            detail:
              "A .wasm, a zip with spin.toml, or files for this workspace. Dropping them on the page does the same.",
            onSelect: () => report(runCommand("workspace.open-files")),
          },
          {
            id: "folder",
            label: "Folder…",
            detail: "A copy of a folder with spin.toml.",
            onSelect: () => report(runCommand("workspace.open-folder")),
          },
          {
            id: "watch",
            label: "Watch a folder…",
            detail: "As Folder, and what is built there later comes here by itself.",
            onSelect: () => report(runCommand("workspace.watch-folder")),
          },
          {
            id: "url",
            label: "URL…",
            detail: "Of a .wasm, a zip or a spin.toml.",
            onSelect: () => setAsksUrl(true),
          },
          {
            id: "previous",
            label: "Workspace before",
            detail: "The one that was open before this one.",
            separated: true,
            onSelect: () => report(runCommand("workspace.open-previous")),
          },
        ]}
      />
      {asksUrl && (
        <Suspense>
          <UrlDialog onClose={() => setAsksUrl(false)} />
        </Suspense>
      )}
    </>
  );
}
