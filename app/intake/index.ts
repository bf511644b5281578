/** Reading what people give to the studio: one chunk, fetched with the first thing that is given. */
export { snapshotOf, watchFolder } from "./folder-watcher.ts";
export { arrivalOfFolder } from "./read-drop.ts";
export { folderOfHandle } from "./read-folder.ts";
export { arrivalOfUrl, type Download } from "./read-url.ts";
export { readArrival } from "./read-arrival.ts";
export { wasmApplication } from "./wasm-application.ts";
