import { FilePlus2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { runCommand } from "../commands/commands.ts";
import { Button, IconButton } from "../design/button.tsx";
import { MenuButton, type MenuEntry } from "../design/menu-button.tsx";
import type { TemplateSummary } from "../kernel/dependencies.ts";
import { useListTemplates } from "./templates-context.ts";
import { useReport } from "./use-report.ts";

const FormDialog = lazy(() => import("../design/form-dialog.tsx"));
const loading: MenuEntry[] = [{ id: "loading", label: "Loading the templates", disabled: true }];

/** "New from template": asks before it puts another workspace in the place of this one. */
export function TemplateMenu({ narrow }: { narrow: boolean }): ReactNode {
  const listTemplates = useListTemplates();
  const report = useReport();
  const [templates, setTemplates] = useState<TemplateSummary[]>();
  const [chosen, setChosen] = useState<TemplateSummary>();

  const onOpen = (): void => {
    if (templates === undefined) report(listTemplates().then(setTemplates));
  };
  const icon = <FilePlus2 size={14} aria-hidden />;

  return (
    <>
      <MenuButton
        align="end"
        onOpen={onOpen}
        trigger={
          narrow ? (
            <IconButton label="New from template">{icon}</IconButton>
          ) : (
            <Button look="quiet">{icon} New from template</Button>
          )
        }
        entries={
          templates?.map((template) => ({
            id: template.id,
            label: template.id,
            detail: template.description,
            onSelect: () => setChosen(template),
          })) ?? loading
        }
      />
      {chosen !== undefined && (
        <Suspense>
          <FormDialog
            title={`Open the template ${chosen.id}?`}
            description="It takes the place of this workspace, which is kept: Open, Workspace before. It runs on a new origin, with empty stores."
            action="Open template"
            onSubmit={() => runCommand("workspace.open-template", { template: chosen.id })}
            onClose={() => setChosen(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
