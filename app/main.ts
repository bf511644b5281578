import "./design/tokens.css";
import "./design/base.css";
import { invariant } from "../runtime/errors.ts";
import { createBrowserKernel } from "./kernel/browser-kernel.ts";
import { startTheme } from "./shell/theme.ts";

/** Milliseconds that the interface waits for the engine's page at most. */
const longestWait = 500;

startTheme();
const kernel = createBrowserKernel();
// Before the interface is even loaded: the engine's page and the sample then come while it is drawn.
void kernel.actions.start();

const root = document.getElementById("root");
invariant(root, "The page has no element for the studio.");
try {
  const [{ mount }] = await Promise.all([import("./shell/mount.tsx"), engineOpened()]);
  mount(root, kernel);
} catch (error) {
  // The application runs all the same; without the interface there is only this place to say so.
  root.textContent = "The studio's interface could not be loaded. Check the connection and reload the page.";
  throw error;
}

/**
 * Settles when the engine's page is there, or is late. It shares this thread: the first drawing, one long task, would hold
 * it up, while later the engine's workers prepare the application beside it.
 */
function engineOpened(): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, longestWait));
  return Promise.race([kernel.engine.opened(), late]);
}
