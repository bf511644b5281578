import { expect, it } from "vitest";
import { browserFault, type PageGlobals } from "./browser-support.ts";

const complete: PageGlobals = {
  isSecureContext: true,
  WebAssembly: { Suspending: () => undefined, promising: () => undefined },
  indexedDB: {},
  navigator: { serviceWorker: {}, locks: {} },
};

it("finds nothing missing in a browser that has all", () => expect(browserFault(complete)).toBeUndefined());

it.each([
  ["JSPI", { ...complete, WebAssembly: {} }],
  ["JSPI", { ...complete, WebAssembly: { Suspending: () => undefined } }],
  ["service workers", { ...complete, navigator: { locks: {} } }],
  ["Web Locks", { ...complete, navigator: { serviceWorker: {} } }],
  ["HTTPS", { ...complete, isSecureContext: false }],
])("names %s", (name, page: PageGlobals) => expect(browserFault(page)).toContain(name));

it("names all that is missing, and does not blame JSPI for the lack of Wasm", () => {
  const fault = browserFault({ isSecureContext: true, navigator: { serviceWorker: {}, locks: {} } });
  expect(fault).toMatch(/lacks WebAssembly, IndexedDB,/);
});
