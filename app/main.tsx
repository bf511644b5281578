import "./design/tokens.css";
import "./design/base.css";
import { createRoot } from "react-dom/client";
import { invariant } from "../runtime/errors.ts";
import { createBrowserKernel } from "./kernel/browser-kernel.ts";
import { ActionsContext } from "./shell/actions-context.ts";
import { App } from "./shell/app.tsx";
import { TemplatesContext } from "./shell/templates-context.ts";
import { startTheme } from "./shell/theme.ts";

startTheme();
const { actions, templates } = createBrowserKernel();
// Before the first rendering: reading the workspace and starting the engine take longer than drawing the page.
void actions.start();

const root = document.getElementById("root");
invariant(root, "The page has no element for the studio.");
createRoot(root).render(
  <ActionsContext value={actions}>
    <TemplatesContext value={() => templates.list()}>
      <App />
    </TemplatesContext>
  </ActionsContext>,
);
