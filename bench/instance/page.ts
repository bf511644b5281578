import type { InstancePlan, InstanceSamples } from "./worker.ts";

/** The global object of this page. */
export interface InstancePage {
  measureInstances: (plan: InstancePlan) => Promise<InstanceSamples>;
}

/** Each call has a worker of its own, so that one component's garbage is not collected in another's time. */
(globalThis as unknown as InstancePage).measureInstances = (plan) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<InstanceSamples | { failure: string }>) => {
      worker.terminate();
      if ("failure" in data) reject(new Error(data.failure));
      else resolve(data);
    });
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
    worker.postMessage(plan);
  });
