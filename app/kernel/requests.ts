import { PlaygroundError } from "../../runtime/errors.ts";
import { asPlaygroundError } from "./as-playground-error.ts";
import type { CallResult } from "../../runtime/dispatch/caller.ts";
import type { Trace } from "../../runtime/protocol.ts";
import type { StudioRequest, StudioResponse } from "./actions.ts";
import { type DispatchClient, toRequest } from "./dispatch-client.ts";
import type { EngineEvents } from "./engine-events.ts";
import type { StudioStore } from "./store.ts";

/** Milliseconds that a complete response waits for its trace, which comes by another way. */
export const traceWait = 2_000;

/** Requests of the studio and of scripts to the running application. */
export interface Requests {
  /** Settles with the head of the response. Waits for a start under way; rejects with `not-running` when nothing runs. */
  send(input: string | Request, init?: RequestInit): Promise<CallResult>;
  /** The whole response, timed. */
  exchange(request: StudioRequest): Promise<StudioResponse>;
}

export interface RequestsContext {
  readonly store: StudioStore;
  readonly dispatch: DispatchClient;
  readonly events: Pick<EngineEvents, "expectTrace" | "trace">;
  readonly settled: () => Promise<unknown>;
}

export function createRequests({ store, dispatch, events, settled }: RequestsContext): Requests {
  const send = async (input: string | Request, init?: RequestInit): Promise<CallResult> => {
    if (store.getState().run.application === undefined) await settled();
    const { application } = store.getState().run;
    if (application === undefined) throw new PlaygroundError("not-running", "No application is running.");
    const result = await dispatch.send(toRequest(input, init, application.url));
    events.expectTrace(result.requestId);
    return result;
  };

  return {
    send,
    async exchange({ method, path, headers, body }) {
      const start = performance.now();
      const {
        response,
        requestId,
        headers: allHeaders,
        trailers,
      } = await send(path, {
        method,
        headers,
        body: body ?? null,
      });
      const { bytes, breakOff } = await readBody(response);
      const milliseconds = performance.now() - start;
      const { status, statusText } = response;
      const trace = await within(events.trace(requestId), traceWait);
      const answer = {
        status,
        statusText,
        headers: allHeaders,
        trailers: await trailers,
        body: bytes,
        milliseconds,
      };
      if (breakOff === undefined || trace?.failure !== undefined) return { ...answer, trace };
      // The trace is where the person looks for why the answer is not whole; without one the failure itself must do.
      if (trace === undefined) throw breakOff;
      return { ...answer, trace: { ...trace, failure: { code: breakOff.code, message: breakOff.message } } };
    },
  };
}

/** All bytes of a body, or those that came before it broke off, which a guest that fails after the head causes. */
async function readBody(
  response: Response,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; breakOff: PlaygroundError | undefined }> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let breakOff: PlaygroundError | undefined;
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk);
  } catch (error) {
    breakOff = asPlaygroundError(error, "instance-failed");
  }
  return { bytes: new Uint8Array(await new Blob(chunks).arrayBuffer()), breakOff };
}

/** The trace, or `undefined` when it does not come in time or not at all: the response is good without it. */
async function within(trace: Promise<Trace>, milliseconds: number): Promise<Trace | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([trace.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
