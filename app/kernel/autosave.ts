import { PlaygroundError } from "../../runtime/errors.ts";
import type { WorkspaceState } from "./state.ts";
import type { StoredWorkspace, WorkspaceChange, WorkspaceStorage } from "./workspace-storage.ts";

/** Milliseconds until a save that failed is tried again, unless a newer change comes first. */
export const retryAfter = 5_000;

/** Saves by itself, in order, one transaction at a time; changes made meanwhile are put together, the last one wins. */
export interface Autosave {
  create(id: string, workspace: StoredWorkspace): void;
  change(id: string, change: WorkspaceChange): void;
  /** Settles (never rejects) when everything is durable, or the next attempt failed: `report` said which. */
  flush(): Promise<void>;
}

type Entry = { id: string; create: StoredWorkspace } | { id: string; change: WorkspaceChange };

/** @param report Called with each state; `failed` comes with the error, and what was to be saved is kept and retried. */
export function createAutosave(
  storage: Pick<WorkspaceStorage, "create" | "save">,
  report: (saved: WorkspaceState["saved"], error?: PlaygroundError) => void,
): Autosave {
  const queue: Entry[] = [];
  /** The entry at the front of the queue while it is being saved: no change is added to it. */
  let inFlight: Entry | undefined;
  let working: Promise<void> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const add = (entry: Entry): void => {
    const last = queue.at(-1);
    if (last === undefined || last === inFlight || last.id !== entry.id || "create" in entry) queue.push(entry);
    else queue[queue.length - 1] = merge(last, entry.change);
    void work();
  };

  const work = (): Promise<void> => {
    clearTimeout(retry);
    working ??= saveAll();
    return working;
  };

  const saveAll = async (): Promise<void> => {
    report("saving");
    // Lets changes of the same turn come together.
    await Promise.resolve();
    let failure: PlaygroundError | undefined;
    try {
      while ((inFlight = queue[0]) !== undefined) {
        if ("create" in inFlight) await storage.create(inFlight.id, inFlight.create);
        else await storage.save(inFlight.id, inFlight.change);
        queue.shift();
      }
    } catch (error) {
      failure = asStoreError(error);
    }
    // From here on nothing is awaited, so no change can come between and be forgotten.
    inFlight = undefined;
    working = undefined;
    if (failure === undefined) return report("saved");
    retry = setTimeout(() => void work(), retryAfter);
    report("failed", failure);
  };

  return {
    create: (id, workspace) => add({ id, create: workspace }),
    change: (id, change) => add({ id, change }),
    flush: () => working ?? (queue.length === 0 ? Promise.resolve() : work()),
  };
}

function merge(entry: Entry, later: WorkspaceChange): Entry {
  if ("create" in entry) {
    const files = { ...entry.create.files, ...later.write };
    for (const path of later.remove) delete files[path];
    const { record, variables } = { ...entry.create, ...later };
    return { id: entry.id, create: { files, record, ...(variables === undefined ? {} : { variables }) } };
  }
  const write = { ...entry.change.write };
  for (const path of later.remove) delete write[path];
  const remove = entry.change.remove.filter((path) => !(path in later.write));
  const record = later.record ?? entry.change.record;
  const variables = later.variables ?? entry.change.variables;
  return {
    id: entry.id,
    change: {
      write: { ...write, ...later.write },
      remove: [...new Set([...remove, ...later.remove])],
      ...(record === undefined ? {} : { record }),
      ...(variables === undefined ? {} : { variables }),
    },
  };
}

function asStoreError(error: unknown): PlaygroundError {
  if (error instanceof PlaygroundError) return error;
  return new PlaygroundError("store-unavailable", `The browser did not keep the workspace: ${String(error)}`, {
    cause: error,
  });
}
