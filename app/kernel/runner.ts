import type { Diagnostic } from "../../runtime/diagnostic.ts";
import { type ErrorCode, PlaygroundError } from "../../runtime/errors.ts";
import { asPlaygroundError } from "./as-playground-error.ts";
import type { Builds } from "./builds.ts";
import { type Check, type CheckedApplication, manifestPath } from "./check.ts";
import { findMissing } from "./variables.ts";
import { type Deferred, deferred } from "../../runtime/deferred.ts";
import type { Deployer } from "./deployer.ts";
import { createDraftCheck } from "./draft-check.ts";
import type { FileContent } from "./file-content.ts";
import type { Findings } from "./findings.ts";
import type { ComponentBuild } from "./playground.ts";
import { advance, type RunStep } from "./run-step.ts";
import type { RunState, StudioState } from "./state.ts";
import type { StudioStore } from "./store.ts";
import type { Workspace } from "./workspace.ts";

/** Milliseconds after the last edit until a round begins: longer than between two keystrokes of one word. */
export const editPause = 150;

/** How the newest round ended; the error says why nothing newer runs. */
export type RunOutcome = { ok: true } | { ok: false; error: PlaygroundError };

/** Keeps the running application up with the workspace: the newest edit wins, a failure leaves the last good one running. */
export interface Runner {
  /**
   * The workspace changed: with auto-run on, and not stopped by the person, a round begins after a pause in milliseconds;
   * otherwise the manifest alone is checked. The default is that between keystrokes; a change that is whole by itself needs none.
   */
  edited(pause?: number): void;
  /** Begins a round now, whatever was under way, and settles with the outcome of the newest one. */
  run(): Promise<RunOutcome>;
  /** As `run`, but leaves the application alone when it is the very same already, or was stopped by the person. */
  catchUp(): Promise<RunOutcome | undefined>;
  /** Builds all components that have a build command, without starting anything; rejects when the manifest is wrong. */
  build(): Promise<ComponentBuild[]>;
  /** Drops what is under way and stops the application, until `run`. */
  stop(): Promise<void>;
  /** Drops what is under way; the workspace is another. */
  reset(options: { stopped: boolean }): void;
  /** Settles when nothing is under way, with the outcome of the last round. */
  settled(): Promise<RunOutcome | undefined>;
  readonly resting: boolean;
}

export interface RunnerContext {
  readonly store: StudioStore;
  readonly workspace: Workspace;
  check(files: Readonly<Record<string, FileContent>>): Promise<Check>;
  readonly builds: Pick<Builds, "build">;
  readonly deployer: Pick<Deployer, "deploy" | "stop">;
  readonly findings: Findings;
  /** Called with each application that was found right, before it is built. */
  onChecked?(application: CheckedApplication): void;
  /** Called with each application that became the running one, or still is. */
  onRunning?(application: CheckedApplication, files: Readonly<Record<string, FileContent>>): void;
}

interface Prepared {
  application: CheckedApplication;
  /** The files that were built, with the new Wasm. */
  files: Record<string, FileContent>;
  components: ComponentBuild[];
  diagnostics: Diagnostic[];
}

/** Failures of the surroundings, not of the person's files: shown as a problem, since no line of theirs is at fault. */
const notInTheFiles: ReadonlySet<ErrorCode> = new Set([
  "browser-unsupported",
  "engine-unavailable",
  "internal",
  "limit-exceeded",
  "pack-unavailable",
  "store-unavailable",
]);

export function createRunner(context: RunnerContext): Runner {
  const { store, workspace, builds, deployer, findings } = context;
  let step: RunStep = "resting";
  let round: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  /** What hindered a start last, as it was told. */
  let problem: StudioState["problem"];
  let outcome: RunOutcome | undefined;
  let rest: Deferred<void> | undefined;
  const draft = createDraftCheck(context);
  /** With auto-run off: what the round under way finds is about older files. */
  let editedMeanwhile = false;

  const enter = (to: RunStep): void => {
    step = advance(step, to);
    if (step !== "resting") rest ??= deferred();
    else {
      rest?.resolve();
      rest = undefined;
    }
  };
  const show = (run: Partial<RunState>): void => store.setState((state) => ({ run: { ...state.run, ...run } }));

  const supersede = (): void => {
    clearTimeout(timer);
    draft.cancel();
    round?.abort(new PlaygroundError("build-superseded", "A newer edit came."));
    round = undefined;
  };

  /** Runs one round; what an older one was doing is dropped. Rejects with nothing: failures go to `fail`. */
  const begin = async (work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    supersede();
    const mine = new AbortController();
    round = mine;
    try {
      enter("checking");
      show({ phase: "building" });
      await work(mine.signal);
      if (round === mine) outcome = { ok: true };
    } catch (error) {
      // What a newer round has dropped says nothing about the newest edit.
      if (round === mine) fail(asPlaygroundError(error, "internal"));
    }
    if (round !== mine) return;
    round = undefined;
    enter("resting");
    if (editedMeanwhile) draft.edited(0);
    editedMeanwhile = false;
  };

  /** Check and build. Resolves although a component could not be built: the caller looks at the diagnostics. */
  const prepare = async (
    signal: AbortSignal,
    all: boolean,
    require: (application: CheckedApplication) => void = () => undefined,
  ): Promise<Prepared> => {
    // One snapshot for all steps, so that manifest and sources belong together.
    const { files } = store.getState().workspace;
    const check = await context.check(files);
    signal.throwIfAborted();
    if (!check.ok) throw new PlaygroundError(check.code, check.message, { diagnostics: check.diagnostics });
    context.onChecked?.(check.application);
    require(check.application);
    enter("building");
    const built = await builds.build(check.application, files, { records: workspace.record.builds, signal, all });
    if (Object.keys(built.outputs).length > 0) workspace.place(built.outputs, { builds: built.records });
    const diagnostics = [...check.warnings, ...built.diagnostics];
    findings.set(diagnostics);
    const { application } = check;
    return { application, files: { ...files, ...built.outputs }, components: built.components, diagnostics };
  };

  /** Before anything is built: what natively is found out only then would have the person wait for nothing. */
  const requireVariables = (isAskedFor: boolean) => (application: CheckedApplication) => {
    const missing = findMissing(application, store.getState().variables);
    if (missing === undefined) return store.setState({ missingVariables: undefined });
    store.setState({ missingVariables: { names: missing.names, isAskedFor } });
    throw missing.error;
  };

  const start = (ifChanged: boolean) => async (signal: AbortSignal) => {
    const { application, files, diagnostics } = await prepare(signal, false, requireVariables(!ifChanged));
    requireNoError(diagnostics);
    enter("deploying");
    show({ phase: "starting" });
    const before = store.getState().run.application?.generation;
    await deployer.deploy(application, files, { ifChanged });
    if (store.getState().run.application?.generation !== before) findings.clearHints();
    if (signal.aborted) return;
    show({ phase: "running", stale: false });
    context.onRunning?.(application, files);
    // What other parts have to say (a folder that cannot be read, storage that refuses) is not overcome by a start.
    if (problem !== undefined && store.getState().problem === problem) store.setState({ problem: undefined });
  };

  const fail = (error: PlaygroundError): void => {
    outcome = { ok: false, error };
    if (notInTheFiles.has(error.code)) {
      problem = { code: error.code, message: error.message };
      store.setState({ problem });
      if (error.diagnostics.length > 0) findings.set(error.diagnostics);
    } else findings.set(error.diagnostics.length > 0 ? error.diagnostics : [asDiagnostic(error)]);
    const keepsRunning = store.getState().run.application !== undefined;
    show({ phase: keepsRunning ? "running" : "failed", stale: keepsRunning });
  };

  const settled = async (): Promise<RunOutcome | undefined> => {
    await rest?.promise;
    // Another round may have begun between its end and now.
    return rest === undefined ? outcome : settled();
  };
  const now = async (ifChanged: boolean): Promise<RunOutcome> => {
    void begin(start(ifChanged));
    const superseded = new PlaygroundError("build-superseded", "The run was dropped before it ended.");
    return (await settled()) ?? { ok: false, error: superseded };
  };

  const edited = (pause = editPause): void => {
    if (!store.getState().autoRun || stopped) {
      draft.edited(pause);
      editedMeanwhile = step !== "resting";
      return;
    }
    supersede();
    enter("waiting");
    timer = setTimeout(() => void begin(start(true)), pause);
  };

  return {
    edited,
    run() {
      stopped = false;
      return now(false);
    },
    catchUp: async () => (stopped ? undefined : now(true)),
    async build() {
      const interrupted = step !== "resting";
      const before = store.getState().run;
      let prepared: Prepared | undefined;
      await begin(async (signal) => {
        prepared = await prepare(signal, true);
        signal.throwIfAborted();
        show({ phase: before.application === undefined ? "stopped" : "running" });
      });
      if (prepared === undefined) {
        const dropped = new PlaygroundError("build-superseded", "A newer edit came while the build ran.");
        throw outcome?.ok === false ? outcome.error : dropped;
      }
      if (interrupted) edited();
      return prepared.components;
    },
    async stop() {
      supersede();
      stopped = true;
      outcome = undefined;
      enter("resting");
      show({ phase: "stopped", stale: false });
      await deployer.stop();
    },
    reset(options) {
      supersede();
      stopped = options.stopped;
      outcome = undefined;
      enter("resting");
      show({ phase: stopped ? "stopped" : "idle", stale: false });
    },
    settled,
    get resting() {
      return step === "resting";
    },
  };
}

function requireNoError(diagnostics: readonly Diagnostic[]): void {
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new PlaygroundError(codeOf(error), error.message, { diagnostics });
}

/** The failure that a finding means for the application as a whole. */
function codeOf({ code }: Diagnostic): ErrorCode {
  const own: ErrorCode[] = ["component-missing", "component-unavailable", "component-invalid", "build-command-unknown"];
  return own.find((known) => known === code) ?? "build-failed";
}

/** For a failure that came without a place, such as a component that the engine cannot load. */
function asDiagnostic({ code, message }: PlaygroundError): Diagnostic {
  return { severity: "error", code, message, file: manifestPath };
}
