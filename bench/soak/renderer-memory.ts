import { readFile } from "node:fs/promises";
import type { DebuggerSession } from "../debugger-session.ts";

/** What the browser's renderer processes hold, once their garbage is collected. */
export interface RendererMemory {
  /**
   * Bytes by process id that no other process shares: heaps, Wasm memories, code, and what the allocators keep. From the
   * kernel, so on Linux alone; elsewhere it is missing.
   */
  processes?: Map<number, number>;
  /** Bytes of all JavaScript heaps, of the DOM's, and of array buffers. */
  heaps: number;
}

/** Collects the garbage of every page, service worker and worker, and measures. */
export async function rendererMemory(browser: DebuggerSession): Promise<RendererMemory> {
  const heaps = await collectGarbage(browser);
  if (process.platform !== "linux") return { heaps };
  const { processInfo } = await browser.send<{ processInfo: { type: string; id: number }[] }>(
    "SystemInfo.getProcessInfo",
  );
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const processes = renderers.map(async ({ id }): Promise<[number, number]> => [id, await privateBytes(id)]);
  return { heaps, processes: new Map(await Promise.all(processes)) };
}

/**
 * How much more memory there is, as a share of the former. Processes that are not in both measurements are left out: the
 * browser keeps an empty renderer in stock, which comes and goes.
 */
export function growth(before: RendererMemory, after: RendererMemory): number {
  if (!before.processes || !after.processes) return after.heaps / before.heaps - 1;
  let [from, to] = [0, 0];
  for (const [id, bytes] of before.processes) {
    const later = after.processes.get(id);
    if (later === undefined) continue;
    from += bytes;
    to += later;
  }
  return to / from - 1;
}

/** Returns the bytes of all heaps that are left. */
async function collectGarbage(browser: DebuggerSession): Promise<number> {
  const { targetInfos } = await browser.send<{ targetInfos: { type: string; targetId: string }[] }>(
    "Target.getTargets",
  );
  let heaps = 0;
  for (const { type, targetId } of targetInfos) {
    if (type !== "page" && type !== "service_worker") continue;
    const attach = { targetId, flatten: false };
    const { sessionId } = await browser.send<{ sessionId: string }>("Target.attachToTarget", attach);
    const target = browser.attached(sessionId);
    const threads = [target];
    target.on("Target.attachedToTarget", ({ sessionId }) => threads.push(target.attached(String(sessionId))));
    // A page tells of its workers, and those of its frames, before this returns.
    if (type === "page") {
      const parameters = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
      await target.send("Target.setAutoAttach", parameters);
    }
    for (const thread of threads) {
      await thread.send("HeapProfiler.collectGarbage");
      const usage = await thread.send<HeapUsage>("Runtime.getHeapUsage");
      heaps += usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize;
    }
    await browser.send("Target.detachFromTarget", { sessionId });
  }
  return heaps;
}

interface HeapUsage {
  usedSize: number;
  embedderHeapUsedSize: number;
  backingStorageSize: number;
}

async function privateBytes(processId: number): Promise<number> {
  const rollup = await readFile(`/proc/${processId}/smaps_rollup`, "utf8");
  const kilobytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)].map(([, number]) => Number(number));
  if (kilobytes.length !== 2) throw new Error(`/proc/${processId}/smaps_rollup has not what was expected:\n${rollup}`);
  return kilobytes.reduce((sum, each) => sum + each * 1024, 0);
}
