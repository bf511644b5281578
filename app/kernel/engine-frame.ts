import { type EngineApi, type EngineHello, enginePath, type StudioHello } from "../../runtime/protocol.ts";
import { PlaygroundError } from "../../runtime/errors.ts";
import { deferred } from "../../runtime/deferred.ts";
import { wrapEngine } from "./engine-endpoint.ts";

/** A live engine page. */
export interface EngineConnection {
  readonly api: EngineApi;
  /** Never fulfils; rejects with `engine-unavailable` when the page is gone, was loaded again, or `close` was called. */
  readonly lost: Promise<never>;
  /** Takes the page down. */
  close(reason: string): void;
}

/** Opens the engine page of an application origin. Rejects with `engine-unavailable`. */
export type ConnectEngine = (origin: string) => Promise<EngineConnection>;

/** The parts of the studio's window that the handshake uses. */
export interface FrameHost {
  readonly window: Pick<Window, "addEventListener" | "removeEventListener">;
  readonly document: Pick<Document, "createElement"> & { readonly body: Pick<HTMLElement, "append"> };
}

/** Milliseconds for the engine page to load and to say hello. Generous: a cold, busy machine is no failure. */
export const handshakeTimeout = 20_000;

/**
 * Loads the engine page in a hidden frame and hands it the port for `EngineApi`. Only a message of exactly that frame's
 * window and that origin counts as its hello.
 */
export function connectEngineFrame(origin: string, host: FrameHost): Promise<EngineConnection> {
  // Not sandboxed: what keeps it apart is its origin, and without that it has neither storage nor service worker.
  // oxlint-disable-next-line react/iframe-missing-sandbox
  const frame = host.document.createElement("iframe");
  const opened = deferred<EngineConnection>();
  const lost = deferred<never>();
  // Whoever waits for a call races it against `lost`; with no call under way nobody listens.
  lost.promise.catch(() => undefined);
  let connected = false;

  const fail = (reason: string): void => {
    clearTimeout(timer);
    host.window.removeEventListener("message", receive);
    frame.remove();
    const error = new PlaygroundError("engine-unavailable", reason);
    lost.reject(error);
    opened.reject(error);
  };

  const receive = (event: MessageEvent): void => {
    if (event.source !== frame.contentWindow || event.origin !== origin || !isHello(event.data)) return;
    if (connected) return fail("The engine's page was loaded again.");
    connected = true;
    clearTimeout(timer);
    const { port1, port2 } = new MessageChannel();
    const answer: StudioHello = { type: "spin-playground-studio", port: port2 };
    frame.contentWindow?.postMessage(answer, origin, [port2]);
    opened.resolve({ api: wrapEngine(port1), lost: lost.promise, close: fail });
  };

  const timer = setTimeout(() => {
    fail(
      `The application origin ${origin} did not answer. It has to be served together with the studio; ` +
        "an extension or a setting of the browser that blocks its frames, storage or service workers stops it too.",
    );
  }, handshakeTimeout);

  host.window.addEventListener("message", receive);
  frame.hidden = true;
  frame.title = "Engine of the running application";
  frame.src = `${origin}${enginePath}engine.html`;
  host.document.body.append(frame);
  return opened.promise;
}

function isHello(data: unknown): data is EngineHello {
  return (data as EngineHello | null)?.type === "spin-playground-engine";
}
