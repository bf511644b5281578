import type { Measurement } from "./report.ts";

export interface BenchOptions {
  /** Folder of the production build. */
  dist: string;
  /** Where that build is served. */
  studioUrl: string;
}

/** A piece of the bench that can be run alone. */
export interface Part {
  /** By which `--only` asks for it. */
  name: string;
  title: string;
  measure(options: BenchOptions): Promise<Measurement[]>;
}
