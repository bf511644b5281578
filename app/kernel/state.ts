/**
 * The studio's state: one store, read by components, changed only by the kernel. Components never build, deploy or
 * dispatch; they call commands, and show this.
 */
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { ErrorCode } from "../../runtime/errors.ts";
import type { LogLine, RouteInfo, Trace } from "../../runtime/protocol.ts";
import type { PackProgress } from "../../toolchains/toolchain.ts";
import type { ComponentProgress } from "./fetched-components.ts";

export interface StudioState {
  workspace: WorkspaceState;
  /** Paths of open editor tabs in their order, and the one shown. */
  tabs: { open: string[]; active: string | undefined };
  /** A place that the editor should show and put the cursor on; a new object each time. */
  reveal: { path: string; line: number; column: number } | undefined;
  run: RunState;
  /** Whether an edit builds and reloads by itself. */
  autoRun: boolean;
  /** The build profile that the manifest is read under; empty for none. */
  profile: string;
  /** Findings of the manifest and the last build. Type errors come from the editor and are added by it. */
  diagnostics: Diagnostic[];
  typeDiagnostics: Diagnostic[];
  /** A pack download under way. */
  packProgress: PackProgress | ComponentProgress | undefined;
  logs: LogLine[];
  /** Newest last, at most 200. */
  traces: Trace[];
  /**
   * Values that the person gave to application variables, secrets in clear. Beside the workspace's files, never among them:
   * what shares, saves or exports files must not come to have them.
   */
  variables: Readonly<Record<string, string>>;
  /** Why the last round did not start the application; another object for each round. */
  missingVariables: MissingVariableNames | undefined;
  /** Counts up with each change of a key-value store of the running application. */
  keyValueRevision: number;
  /** Something went wrong that is not a diagnostic; shown as a banner until dismissed or overcome. */
  problem: Problem | undefined;
  /** Something was done with what the person gave; shown until dismissed, undone, or another workspace is open. */
  notice: Notice | undefined;
  /** Wasm that was given to a workspace with a manifest waits for a word about where it belongs. */
  arrivedWasm: ArrivedWasm | undefined;
  /** The folder of the person's disk whose changes come into the workspace; `paused` until the person permits it again. */
  watchedFolder: { name: string; paused: boolean } | undefined;
}

export interface Notice {
  message: string;
  /** Whether it can be taken back. */
  canUndo: boolean;
}

export interface ArrivedWasm {
  /** Names of the files. */
  names: readonly string[];
  /** Components whose source one of these can be; empty for several files. The likeliest comes first. */
  replaceable: readonly { id: string; source: string }[];
}

export interface WorkspaceState {
  id: string;
  /** Path to content. Text files are strings, all others bytes. Built Wasm is among them. */
  files: Record<string, string | Uint8Array>;
  /** `saving` while a change is not yet durable. */
  saved: "saved" | "saving" | "failed";
}

export interface RunState {
  /**
   * `starting` covers the engine and the deploy. A failed build with an application still running is `running` with
   * `stale` set; `failed` means that nothing runs.
   */
  phase: "idle" | "building" | "starting" | "running" | "stopped" | "failed";
  /** What runs is older than the sources, since the last build failed. */
  stale: boolean;
  /** Set while an application runs, also while a newer one is built. */
  application: RunningApplication | undefined;
}

export interface RunningApplication {
  /** The application origin, e.g. `http://a1b2c3.play.localhost:5173`. */
  url: string;
  name: string;
  routes: RouteInfo[];
  /** Labels of key-value stores that components may open. */
  keyValueStores: string[];
  components: string[];
  /** Counts up with each deploy: the preview reloads when it changes. */
  generation: number;
  /** The files it is made of, as they were then. `undefined` when it was restored and they have changed since. */
  madeFrom: SourceFiles | undefined;
}

export interface MissingVariableNames {
  names: readonly string[];
  /** The person asked for the start just now: the first of them may have the focus. */
  isAskedFor: boolean;
}

export interface SourceFiles {
  /** All files of the workspace but the built ones. The contents are those of the workspace, not copies. */
  files: Readonly<WorkspaceState["files"]>;
  /** Workspace paths of the built ones. */
  built: readonly string[];
  /** The person's values of application variables. */
  variables: Readonly<Record<string, string>>;
  /** The build profile, empty for none. */
  profile: string;
}

export interface Problem {
  code: ErrorCode;
  message: string;
}
