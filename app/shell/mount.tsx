import { createRoot } from "react-dom/client";
import type { Kernel } from "../kernel/kernel.ts";
import { ActionsContext } from "./actions-context.ts";
import { App } from "./app.tsx";
import { TemplatesContext } from "./templates-context.ts";
import { forgetRequestsOfOthers } from "./ui-store.ts";

/** Draws the studio into the page. */
export function mount(root: HTMLElement, { actions, templates, store }: Kernel): void {
  forgetRequestsOfOthers(store);
  createRoot(root).render(
    <ActionsContext value={actions}>
      <TemplatesContext value={() => templates.list()}>
        <App />
      </TemplatesContext>
    </ActionsContext>,
  );
}
