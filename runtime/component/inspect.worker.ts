import { expose } from "comlink";
import { carryPlaygroundErrors } from "../rpc.ts";
import { inspectWasm, printWat } from "./inspect.ts";

/** What the supervisor calls. */
const api = {
  inspect: (bytes: ArrayBuffer) => inspectWasm(new Uint8Array(bytes)),
  print: (bytes: ArrayBuffer) => printWat(new Uint8Array(bytes)),
};

export type InspectWorker = typeof api;

carryPlaygroundErrors();
expose(api);
