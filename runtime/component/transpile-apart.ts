import { type Remote, wrap } from "comlink";
import { PlaygroundError } from "../errors.ts";
import type { GlueText, TranspileWorker } from "./transpile.worker.ts";

/** A component of 13 MB takes a second or two; only one that is made to take long takes this. */
const deadlineSeconds = 30;

/** Begins with the first component that brings no glue: the bindings generator is 3.5 MB of Wasm. */
let thread: { worker: Worker; generator: Remote<TranspileWorker> } | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Makes the glue of a component in a thread of its own, one component after another. The generator is Wasm that traps on
 * some components, and takes no other ones after that; so a thread that failed is ended, and the next component gets a new one.
 *
 * Fails with `component-invalid` as `transpileComponent` does, and with `limit-exceeded` after half a minute.
 */
export function transpileApart(component: Uint8Array): Promise<GlueText> {
  const result = last.then(() => transpileNow(component));
  last = result.catch(() => undefined);
  return result;
}

async function transpileNow(component: Uint8Array): Promise<GlueText> {
  const { worker, generator } = (thread ??= startThread());
  const over = new AbortController();
  try {
    return await Promise.race([generator.transpile(component), failureOf(worker, over.signal)]);
  } catch (error) {
    worker.terminate();
    thread = undefined;
    throw error;
  } finally {
    over.abort();
  }
}

function startThread(): NonNullable<typeof thread> {
  // The bundler finds workers by this very form.
  const worker = new Worker(new URL("./transpile.worker.ts", import.meta.url), { type: "module", name: "transpile" });
  return { worker, generator: wrap<TranspileWorker>(worker) };
}

/** Rejects when the worker's script cannot run, or when the time is over. */
function failureOf(worker: Worker, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => {
      const message = `No glue was made for the component within ${deadlineSeconds} seconds.`;
      reject(new PlaygroundError("limit-exceeded", message));
    }, deadlineSeconds * 1000);
    over.addEventListener("abort", () => clearTimeout(timer));
    const failed = ({ message = "its script could not be loaded" }: Partial<ErrorEvent>): void =>
      reject(new PlaygroundError("engine-unavailable", `The worker that makes glue failed: ${message}`));
    worker.addEventListener("error", failed, { signal: over });
  });
}
