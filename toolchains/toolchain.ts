import type { Diagnostic } from "../runtime/diagnostic.ts";

/** What a toolchain is given: one component of the workspace, and every file it may read. */
export interface BuildRequest {
  componentId: string;
  /** The manifest's native build command, e.g. `npm run build`. */
  command: string;
  /** The command's working directory in the workspace, `""` for the root, without slashes at either end. */
  workdir: string;
  /** Path of the Wasm file the manifest expects, relative to the workspace root. */
  output: string;
  /** The workspace: path to UTF-8 text or bytes. */
  files: Readonly<Record<string, string | Uint8Array>>;
}

export type BuildResult =
  | {
      ok: true;
      wasm: Uint8Array<ArrayBuffer>;
      digest: string;
      diagnostics: Diagnostic[];
      milliseconds: BuildTimes;
      /**
       * Paths of workspace files whose content the build read. An edit of another file cannot change the result; that a
       * file is there can. Left out by toolchains that do not know.
       */
      read?: string[];
      /** JSON; maps stack lines of the guest to the person's files. Toolchains without stacks give none. */
      sourceMap?: string;
    }
  | { ok: false; diagnostics: Diagnostic[]; milliseconds: BuildTimes };

/** `total`, and whatever steps the toolchain measures, in milliseconds. */
export type BuildTimes = { total: number } & Record<string, number>;

/** How far the download of a pack is. `total` is 0 while it is not known. */
export interface PackProgress {
  pack: string;
  loaded: number;
  total: number;
}

/** One language. A toolchain works in a worker of its own and starts it at the first call. */
export interface Toolchain {
  readonly id: string;
  /** Whether this toolchain does in the tab what the command does outside. */
  recognises(request: Pick<BuildRequest, "command" | "workdir" | "files">): boolean;
  /** Fetches packs and warms up, so that the first build is fast. Safe to call more than once. */
  prepare(onProgress?: (progress: PackProgress) => void): Promise<void>;
  /**
   * Builds one component. Faults of the person's sources come back as diagnostics; the promise rejects only with
   * `PlaygroundError` (`pack-unavailable`, `build-superseded`, `internal`). Aborting the signal drops the build.
   */
  build(
    request: BuildRequest,
    signal?: AbortSignal,
    onProgress?: (progress: PackProgress) => void,
  ): Promise<BuildResult>;
}
