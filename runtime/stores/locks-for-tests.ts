import type { Locks } from "./published.ts";

/** Shared Web Locks of one thread: granted at once. Node has none. */
export function createTestLocks(): Locks {
  const held: string[] = [];
  const request = async (
    name: string,
    _options: LockOptions,
    run: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    held.push(name);
    try {
      return await run({ name, mode: "shared" });
    } finally {
      held.splice(held.indexOf(name), 1);
    }
  };
  return {
    request: request as Locks["request"],
    query: () =>
      Promise.resolve({ held: held.map((name) => ({ name, mode: "shared", clientId: "test" })), pending: [] }),
  };
}
