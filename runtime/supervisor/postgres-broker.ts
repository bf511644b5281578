/** Starts the broker worker. Its script counts among those that are loaded later. */
export function startPostgresBroker(): Worker {
  return new Worker(new URL("../stores/postgres/broker-worker.ts", import.meta.url), {
    type: "module",
    name: "postgres-broker",
  });
}
