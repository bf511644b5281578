import type { ImportInspection } from "../host/provision.ts";

/** What one sees of Wasm from outside. */
export interface Inspection {
  kind: "component" | "module";
  /** Bytes. */
  size: number;
  /** The export by which it answers requests; `undefined` when the engine cannot run it, and `fault` says why. */
  handler?: string;
  fault?: string;
  imports: ImportInspection[];
  /** Names, of a component e.g. `wasi:http/incoming-handler@0.2.10`. */
  exports: string[];
  /** Who made it (`producers` section), parts within it included; each name once. */
  producers: Producer[];
  /** Its world as WIT; `undefined` for what has none, and `witFault` says why. */
  wit?: string;
  witFault?: string;
}

/** Tool conventions, `ProducersSection.md`. */
export interface Producer {
  /** `language`, `processed-by` or `sdk`. */
  field: string;
  name: string;
  version: string;
}
