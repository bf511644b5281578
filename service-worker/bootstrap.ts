import { serviceWorkerPath } from "../runtime/protocol.ts";

/**
 * The page that the server gives for every path of an application origin. It is seen only when no service worker answers:
 * on the very first visit, and after a hard reload. It makes one answer, and loads the same address again.
 */
const attemptKey = "spin-playground-bootstrap";
/** More reloads than this in a row mean that the service worker is there and yet does not answer. */
const mostAttempts = 3;
/** Milliseconds between two reloads in a row. The person's own, hard reloads are further apart. */
const inARow = 5_000;

async function start(): Promise<void> {
  if (!("serviceWorker" in navigator)) {
    return say(
      "This browser gives the page no service worker, and so nothing can answer its requests. A private window or a setting may be the cause.",
    );
  }
  const [count, last] = (sessionStorage.getItem(attemptKey) ?? "0 0").split(" ").map(Number);
  const attempts = Date.now() - (last ?? 0) < inARow ? (count ?? 0) + 1 : 1;
  sessionStorage.setItem(attemptKey, `${attempts} ${Date.now()}`);
  if (attempts > mostAttempts) {
    sessionStorage.removeItem(attemptKey);
    return say(
      "The service worker is registered but does not answer for this page. Close all tabs of this application and open it again.",
    );
  }
  try {
    await navigator.serviceWorker.register(serviceWorkerPath, { scope: "/", updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    location.reload();
  } catch (error) {
    say(`The browser refused the service worker that answers for this application: ${String(error)}`);
  }
}

function say(text: string): void {
  const message = document.getElementById("message");
  if (message) message.textContent = text;
}

void start();
