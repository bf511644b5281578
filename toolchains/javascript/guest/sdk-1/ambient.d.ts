/** For the editor: the globals and types of the Spin 1.0 SDK, beside those of `@fermyon/spin-sdk` 2. */
import type { createRouter } from "./router.ts";
import type { spinSdk as SpinSdk, toBuffer } from "./spin-sdk.ts";
import type * as old from "./types.ts";

declare global {
  const spinSdk: typeof SpinSdk;
  const utils: { Router: typeof createRouter; toBuffer: typeof toBuffer };
}

declare module "@fermyon/spin-sdk" {
  export type HandleRequest = old.HandleRequest;
  export type Handler = old.Handler;
  export type HttpRequest = old.HttpRequest;
  export type HttpResponse = old.HttpResponse;
}
