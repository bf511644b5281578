/**
 * Waits until nobody else on this origin, in whatever thread or tab, has what is called `name`, in the order asked.
 * Returns the way to give it back. Rejects with the reason of `signal` when that is aborted first.
 */
export type Acquire = (name: string, signal: AbortSignal) => Promise<() => void>;

/** By Web Locks: a thread that is ended gives back what it has. */
export const acquireOnOrigin: Acquire = (name, signal) =>
  new Promise((resolve, reject) => {
    const held = navigator.locks.request(name, { signal }, () => new Promise<void>((release) => resolve(release)));
    held.catch(reject);
  });
