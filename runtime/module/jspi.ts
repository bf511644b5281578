/** JavaScript Promise Integration, which the typings of the DOM do not have yet. Node 20 has none; tests there do without. */
const { Suspending, promising } = WebAssembly as unknown as {
  Suspending?: new (imported: CoreImport) => CoreImport;
  promising?: (exported: CoreImport) => (...values: (number | bigint)[]) => Promise<unknown>;
};

export type CoreImport = (...values: (number | bigint)[]) => unknown;

/** An import that may wait: the guest is suspended until its promise settles. */
export function suspending(imported: CoreImport): CoreImport {
  return Suspending ? new Suspending(imported) : imported;
}

/** An export that may be suspended on its way. */
export function mayWait(exported: CoreImport): (...values: (number | bigint)[]) => Promise<unknown> {
  return promising ? promising(exported) : async (...values) => exported(...values);
}
