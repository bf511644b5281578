/** `scheduler` of the Prioritized Task Scheduling API, which not every browser with JSPI has. */
interface Scheduler {
  postTask(task: () => void, options: { priority: "background" }): Promise<void>;
}

/** Calls back as a task of its own, after messages that are waiting; with `scheduler`, after all work there is. */
export function whenIdle(work: () => void): void {
  const { scheduler } = globalThis as { scheduler?: Scheduler };
  if (scheduler) void scheduler.postTask(work, { priority: "background" });
  else setTimeout(work, 0);
}
