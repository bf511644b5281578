import { enginePath } from "../runtime/protocol.ts";
import { followFrame } from "./follow-frame.ts";

/**
 * The page that runs the application without a studio: the service worker gives it for an address of the application when
 * no studio is open. One of the open pages of this kind owns the engine, in a hidden frame; when it is closed, the next
 * does. The application itself is in a frame that fills the page.
 */
const engineOwner = "spin-playground-standalone";

if (!("Suspending" in WebAssembly)) {
  document.title = "Not supported";
  say(
    "This browser lacks WebAssembly.Suspending (JSPI), which runs this application. Chrome 137 and Firefox 153 have it.",
  );
} else {
  navigator.locks
    .request(engineOwner, () => {
      openEngine();
      // Kept until this page is gone.
      return new Promise<void>(() => {});
    })
    .catch((error: unknown) => say(`This page could not own the engine: ${String(error)}`));
  showApplication();
}

function openEngine(): void {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "Engine of the running application";
  frame.src = `${enginePath}engine.html`;
  document.body.append(frame);
}

function showApplication(): void {
  const frame = document.createElement("iframe");
  frame.title = "The application";
  frame.allowFullscreen = true;
  document.body.append(frame);
  followFrame(frame, window);
  // Not by `src`: a frame with the address of the page around it is refused there.
  frame.contentWindow?.location.replace(location.href);
}

function say(text: string): void {
  const message = document.createElement("p");
  message.setAttribute("role", "status");
  message.textContent = text;
  document.body.append(message);
}
