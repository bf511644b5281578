import type { Autosave } from "./autosave.ts";
import { checkLimits, checkProfile } from "./check-limits.ts";
import type { Check } from "./check.ts";
import type { EngineClient } from "./engine-client.ts";
import { type EngineEvents, isListing } from "./engine-events.ts";
import { type FileContent, toBytes } from "./file-content.ts";
import type { Playground } from "./playground.ts";
import type { Requests } from "./requests.ts";
import type { Runner } from "./runner.ts";
import type { Session } from "./session.ts";
import type { StudioStore } from "./store.ts";
import { describeVariables } from "./variables.ts";
import type { Workspace } from "./workspace.ts";
import { PlaygroundError } from "../../runtime/errors.ts";
import { invalidVariableName } from "../../runtime/manifest/variables.ts";
import { asSpans } from "../../runtime/trace-spans.ts";

/** The key-value store that is always there. */
const defaultStore = "default";

export interface PlaygroundContext {
  readonly store: StudioStore;
  readonly workspace: Workspace;
  readonly autosave: Autosave;
  readonly runner: Runner;
  readonly session: Session;
  readonly events: EngineEvents;
  readonly engine: Pick<EngineClient, "configure" | "flush" | "inspect" | "keyValue">;
  readonly requests: Requests;
  check(files: Readonly<Record<string, FileContent>>): Promise<Check>;
  /** See `componentWasm`. */
  readonly wasmOf: (componentId: string) => Promise<Uint8Array<ArrayBuffer>>;
}

/** `window.playground`; see there for what each member does. */
export function createPlayground(context: PlaygroundContext): Playground {
  const { store, workspace, autosave, runner, session, events, engine, requests } = context;
  /** Each change of files ends like this: a round may follow, and the change is on its way to the disk. */
  const changed = (): Promise<void> => {
    runner.edited(0);
    return autosave.flush();
  };
  /** Whoever has an answer finds its log lines and its trace in the state then. */
  const caughtUp = async (): Promise<void> => {
    await engine.flush();
    events.flush();
  };

  // Scripts may ask before the page knows which workspace is open. Where it does, a change is made before the function
  // returns, so that `settled()` waits for changes that nobody awaited.
  return {
    open: (files) => session.open(files),
    async files() {
      if (session.opening) await session.opening;
      await session.complete();
      const files = Object.entries(store.getState().workspace.files);
      return Object.fromEntries(files.map(([path, content]) => [path, toBytes(content)]));
    },
    async write(path, content) {
      if (session.opening) await session.opening;
      if (workspace.write(path, content)) await changed();
    },
    async remove(path) {
      if (session.opening) await session.opening;
      workspace.remove(path);
      await changed();
    },
    async rename(from, to) {
      if (session.opening) await session.opening;
      workspace.rename(from, to);
      await changed();
    },
    async check() {
      if (session.opening) await session.opening;
      const check = await context.check(store.getState().workspace.files);
      return check.ok ? { lockedApp: check.application.lockedApp } : { diagnostics: check.diagnostics };
    },
    async build() {
      if (session.opening) await session.opening;
      return { components: await runner.build() };
    },
    async up() {
      if (session.opening) await session.opening;
      const outcome = await runner.run();
      if (!outcome.ok) throw outcome.error;
      const { application } = store.getState().run;
      if (application === undefined) throw new PlaygroundError("not-running", "The application was stopped again.");
      return { url: application.url, routes: application.routes };
    },
    async stop() {
      if (session.opening) await session.opening;
      await runner.stop();
    },
    request: async (input, init) => (await requests.send(input, init)).response,
    async inspect(componentId) {
      return engine.inspect(await context.wasmOf(componentId));
    },
    async logs() {
      await caughtUp();
      return store.getState().logs.filter((line) => !isListing(line));
    },
    keyValue(label = defaultStore) {
      const entries = async () => {
        if (session.opening) await session.opening;
        const stores = store.getState().run.application?.keyValueStores;
        if (stores !== undefined && label !== defaultStore && !stores.includes(label))
          throw new PlaygroundError("store-unavailable", `No component of the application has a store "${label}".`);
        return engine.keyValue;
      };
      return {
        get: async (key) => (await entries()).get(label, key),
        set: async (key, value) => (await entries()).set(label, key, toBytes(value)),
        delete: async (key) => (await entries()).delete(label, key),
        keys: async () => (await entries()).keys(label),
      };
    },
    async trace(requestId) {
      await caughtUp();
      return asSpans(await events.trace(requestId));
    },
    async traces() {
      await caughtUp();
      return store.getState().traces.map((trace) => asSpans(trace, false));
    },
    async variables() {
      if (session.opening) await session.opening;
      const check = await context.check(store.getState().workspace.files);
      if (!check.ok) throw new PlaygroundError(check.code, check.message, { diagnostics: check.diagnostics });
      return describeVariables(check.application, store.getState().variables);
    },
    async setVariable(name, value) {
      const fault = invalidVariableName(name);
      if (fault !== undefined) throw new PlaygroundError("settings-invalid", `invalid variable name: ${fault}`);
      if (session.opening) await session.opening;
      if (workspace.setVariable(name, value)) await changed();
    },
    async configure({ autoRun, profile, ...settings }) {
      const limits = checkLimits(settings);
      checkProfile(profile);
      if (session.opening) await session.opening;
      if (autoRun !== undefined) setAutoRun(store, workspace, runner, autoRun);
      if (profile !== undefined && profile !== store.getState().profile) {
        store.setState({ profile });
        workspace.updateRecord({ profile });
        await changed();
      }
      if (Object.keys(limits).length === 0) return;
      workspace.updateRecord({ limits: { ...workspace.record.limits, ...limits } });
      await engine.configure(limits);
    },
    async settled() {
      await session.settled();
      const { run, diagnostics } = store.getState();
      return { running: run.application !== undefined, diagnostics: [...diagnostics] };
    },
  };
}

/** Turning it on catches up with what was edited while it was off. */
export function setAutoRun(store: StudioStore, workspace: Workspace, runner: Runner, on: boolean): void {
  if (store.getState().autoRun === on) return;
  store.setState({ autoRun: on });
  workspace.updateRecord({ autoRun: on });
  if (on) runner.edited(0);
}
