import type { ErrorCode } from "../../../runtime/errors.ts";
import type { BuildRequest, BuildResult, PackProgress } from "../../toolchain.ts";
import type { PackManifest } from "../pack-manifest.ts";

/** The first and only message to the worker itself; all calls come by the port. */
export interface WorkerStart {
  packBase: string;
  /** Missing when the page could not fetch it. */
  manifest: PackManifest | undefined;
  /** Takes calls of `BuildWorkerApi`. */
  port: MessagePort;
}

/** A value, or a failure: errors lose their code on the way between threads. */
export type Outcome<Type> = { value: Type } | { code: ErrorCode; message: string };

export type OnProgress = (progress: PackProgress) => void;

export interface PrebuiltComponent {
  wasm: Uint8Array<ArrayBuffer>;
  digest: string;
  sourceMap: string;
}

/** The interface of the build worker. Callbacks are comlink proxies. */
export interface BuildWorkerApi {
  /** Fetches what a build needs, starts esbuild, and runs the engine once so that its code is compiled. */
  prepare(onProgress?: OnProgress): Promise<Outcome<undefined>>;
  /**
   * Builds one component. The build that was under way ends with `build-superseded` at its next step.
   *
   * @param onInitialise Called just before the person's top level runs: from here on the thread may hang.
   */
  build(request: BuildRequest, onInitialise: () => void, onProgress?: OnProgress): Promise<Outcome<BuildResult>>;
  /** Ends the build under way at its next step. */
  cancel(): void;
  loadPrebuilt(templateId: string, onProgress?: OnProgress): Promise<Outcome<PrebuiltComponent>>;
}
