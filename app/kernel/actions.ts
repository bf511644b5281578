/** What the studio can do. Commands (`app/commands`) give these names, keys and conditions; components call commands or these. */
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { Trace } from "../../runtime/protocol.ts";
import type { Arrivals } from "./arrivals.ts";
import type { Playground } from "./playground.ts";
import type { WatchedFolder } from "./watched-folder.ts";

export interface StudioActions {
  /** Opens the saved workspace, or the sample on a first visit, and starts it. Called once at page load. */
  start(): Promise<void>;
  openTemplate(id: string): Promise<void>;
  /** The workspace that was open before this one; fails with `file-not-found` when there is none. */
  openPrevious(): Promise<void>;
  openFile(path: string, place?: { line: number; column: number }): void;
  closeTab(path: string): void;
  /** An edit in progress: state changes at once, saving and building follow after a short pause. */
  edit(path: string, content: string): void;
  /** Fails with `file-invalid` when the path is taken, empty or malformed. */
  createFile(path: string, content?: string): Promise<void>;
  /** A file or a whole folder. */
  renamePath(from: string, to: string): Promise<void>;
  deletePath(path: string): Promise<void>;
  /** Builds what is out of date and starts the application now. */
  run(): Promise<void>;
  stop(): Promise<void>;
  setAutoRun(on: boolean): void;
  sendRequest(request: StudioRequest): Promise<StudioResponse>;
  clearLogs(): void;
  setTypeDiagnostics(file: string, diagnostics: Diagnostic[]): void;
  dismissProblem(): void;
  dismissNotice(): void;
  /** Saves a file of the workspace to the person's disk, built Wasm too; fails with `file-not-found`. */
  downloadFile(path: string): void;
  /** Saves the built Wasm of a component to the person's disk. */
  downloadComponent(componentId: string): Promise<void>;
  /** Files, folders, zips and URLs that the person gives. */
  readonly arrivals: Arrivals;
  readonly watchedFolder: WatchedFolder;
  /** Saves a component's text (WAT) to the person's disk; fails with `limit-exceeded` for Wasm of over 2 MiB. */
  downloadWat(componentId: string): Promise<void>;
  readonly playground: Playground;
}

export interface StudioRequest {
  method: string;
  path: string;
  headers: [string, string][];
  body: string | undefined;
}

export interface StudioResponse {
  status: number;
  statusText: string;
  headers: [string, string][];
  /** Empty when there are none, or the body broke off. */
  trailers: [string, string][];
  body: Uint8Array<ArrayBuffer>;
  /** From the call to the last byte, as the studio saw it. */
  milliseconds: number;
  /** Split of the time; missing when the request never reached the engine. */
  trace: Trace | undefined;
}
