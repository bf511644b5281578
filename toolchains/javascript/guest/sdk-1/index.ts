/** `@fermyon/spin-sdk` for sources of Spin 1: the types of 0.1 to 0.4 and the modules of 0.5 and 0.6. */
export type { Handler, HandleRequest, HttpRequest, HttpResponse, ResponseBuilder } from "./types.ts";
export { createRouter as Router } from "./router.ts";
export { Config, Kv, Llm, Redis, spinSdk, Sqlite } from "./spin-sdk.ts";
export { EmbeddingModels, InferencingModels } from "../spin-llm.ts";
