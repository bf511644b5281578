import { type CallResult, type Caller, createCaller } from "../../runtime/dispatch/caller.ts";
import { PlaygroundError } from "../../runtime/errors.ts";
import { type Deferred, deferred } from "../../runtime/deferred.ts";
import type { EngineClient } from "./engine-client.ts";

/** The header in which a response of `Playground.request` carries its request id. */
export const requestIdHeader = "spin-playground-request-id";

/** Sends requests straight to the engine, not by way of the service worker. */
export interface DispatchClient {
  /** Rejects with `engine-unavailable` when the engine goes away before the head of the response came. */
  send(request: Request): Promise<CallResult>;
  /** The engine is another or gone: requests under way fail with this reason, the next one gets a new way in. */
  reset(reason: string): void;
}

/** One way in, and the end of it: a request may just be on its way to the port when the engine goes. */
interface Way {
  readonly caller: Promise<Caller>;
  readonly gone: Deferred<never>;
}

export function createDispatchClient(engine: Pick<EngineClient, "connect">): DispatchClient {
  let way: Way | undefined;

  const open = (): Way => {
    const mine: Way = { caller: engine.connect().then(createCaller), gone: deferred<never>() };
    // Without a request under way nobody listens to the end.
    mine.gone.promise.catch(() => undefined);
    mine.caller.catch(() => {
      // The request that waits for it reports the failure; the next one tries again.
      if (way === mine) way = undefined;
    });
    return mine;
  };

  return {
    async send(request) {
      way ??= open();
      const { caller, gone } = way;
      const result = await Promise.race([caller.then((ready) => ready.send(request)), gone.promise]);
      result.response.headers.set(requestIdHeader, result.requestId);
      return result;
    },
    reset(reason) {
      way?.gone.reject(new PlaygroundError("engine-unavailable", reason));
      way?.caller.then(
        (caller) => caller.close(reason),
        // It was never open.
        () => undefined,
      );
      way = undefined;
    },
  };
}

/**
 * The request of `Playground.request`: a path is one of the application, anything else is taken as it is. Fails with
 * `request-invalid` for what `fetch` would not take either, such as a GET request with a body.
 */
export function toRequest(input: string | Request, init: RequestInit | undefined, applicationUrl: string): Request {
  try {
    return new Request(typeof input === "string" ? new URL(input, applicationUrl) : input, init);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PlaygroundError("request-invalid", `The browser cannot make this request: ${reason}`, { cause });
  }
}
