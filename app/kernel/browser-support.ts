/** The globals of a page, as far as the engine depends on them. */
export interface PageGlobals {
  readonly isSecureContext: boolean;
  readonly WebAssembly?: object;
  readonly indexedDB?: unknown;
  readonly navigator: { readonly serviceWorker?: unknown; readonly locks?: unknown };
}

/** What the engine cannot do without and this browser lacks, in words for the person; `undefined` when all is there. */
export function browserFault(page: PageGlobals): string | undefined {
  if (!page.isSecureContext)
    return "The page was loaded without HTTPS. Browsers offer service workers only over HTTPS and on localhost.";
  const wasm = page.WebAssembly;
  const hasJspi = wasm !== undefined && "Suspending" in wasm && "promising" in wasm;
  const features: [name: string, present: boolean][] = [
    ["WebAssembly", wasm !== undefined],
    ["JSPI (suspending WebAssembly, by which a component waits for the outside)", wasm === undefined || hasJspi],
    ["service workers", page.navigator.serviceWorker !== undefined],
    ["IndexedDB", page.indexedDB !== undefined],
    ["Web Locks", page.navigator.locks !== undefined],
  ];
  const missing = features.filter(([, present]) => !present).map(([name]) => name);
  if (missing.length === 0) return undefined;
  return `This browser lacks ${missing.join(", ")}, so applications cannot run here. Chrome and Edge from 137, Firefox from 153 and Safari from 27 have all of it; some private windows turn it off.`;
}
