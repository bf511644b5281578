import { type Remote, transfer, wrap } from "comlink";
import type { InspectWorker } from "../component/inspect.worker.ts";
import type { Inspection } from "../component/inspection.ts";
import { PlaygroundError } from "../errors.ts";

/** Milliseconds that a look into a component may take, the tools' start included. */
const longestLook = 60_000;

/**
 * Looks into Wasm in a thread of its own, which ends with the answer: the tools for that hold a copy of it several times its
 * size, and what is crafted to keep them busy keeps nothing else up. Rejects as `inspectWasm` and `printWat` do, with
 * `deadline-exceeded`, and with `engine-unavailable` when the thread cannot run.
 */
export const inspect = (bytes: ArrayBuffer): Promise<Inspection> =>
  run((worker) => worker.inspect(transfer(bytes, [bytes])));

/** See `printWat`. */
export const print = (bytes: ArrayBuffer): Promise<string> => run((worker) => worker.print(transfer(bytes, [bytes])));

async function run<Result>(use: (worker: Remote<InspectWorker>) => Promise<Result>): Promise<Result> {
  // The bundler finds workers by this very form.
  const thread = new Worker(new URL("../component/inspect.worker.ts", import.meta.url), {
    type: "module",
    name: "inspect",
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const broken = new Promise<never>((_resolve, reject) => {
    thread.addEventListener("error", ({ message = "its script could not be loaded" }: Partial<ErrorEvent>) =>
      reject(new PlaygroundError("engine-unavailable", `The worker that looks into components failed: ${message}`)),
    );
    timer = setTimeout(() => {
      const message = `The component could not be looked into within ${longestLook / 1000} seconds.`;
      reject(new PlaygroundError("deadline-exceeded", message));
    }, longestLook);
  });
  try {
    return await Promise.race([use(wrap<InspectWorker>(thread)), broken]);
  } finally {
    clearTimeout(timer);
    thread.terminate();
  }
}
