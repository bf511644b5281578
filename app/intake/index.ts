/** Reading what people give to the studio: one chunk, fetched with the first thing that is given. */
export { arrivalOfUrl, type Download } from "./read-url.ts";
export { readArrival } from "./read-arrival.ts";
export { wasmApplication } from "./wasm-application.ts";
