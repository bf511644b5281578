import { PlaygroundError } from "../../runtime/errors.ts";
import type { Arrival } from "../intake/read-drop.ts";
import type { ReadWasm } from "../intake/wasm-application.ts";
import { asPlaygroundError } from "./as-playground-error.ts";
import type { Autosave } from "./autosave.ts";
import { type Check, manifestPath } from "./check.ts";
import { inputDigest } from "./components.ts";
import type { KernelDependencies } from "./dependencies.ts";
import { digestOf } from "./digest.ts";
import type { FileContent } from "./file-content.ts";
import { describeApplication, describeFiles, describeProject, describeReplacement } from "./describe-arrival.ts";
import { replaceableComponents } from "./replaceable-components.ts";
import type { Runner } from "./runner.ts";
import type { Session } from "./session.ts";
import type { StudioStore } from "./store.ts";
import type { Workspace } from "./workspace.ts";

/** Takes in what people give to the studio: all of it or nothing, said on screen, and with a way back. */
export interface Arrivals {
  /**
   * A project becomes a workspace of its own; so does Wasm, but where a manifest is open already: then it waits, see
   * `StudioState.arrivedWasm`. Other files come into the workspace. Rejects when something is wrong with it, which is then
   * the state's problem too.
   */
  take(arrival: Arrival | Promise<Arrival>): Promise<void>;
  /** The same for what lies at a URL. */
  takeUrl(url: string): Promise<void>;
  /** Puts the Wasm that waits in the place of a component's. */
  replace(componentId: string): Promise<void>;
  /** Makes an application of the Wasm that waits. */
  openAsNew(): Promise<void>;
  /** Lets go of the Wasm that waits. */
  dismiss(): void;
  /** Takes back what the notice tells of. */
  undo(): Promise<void>;
}

export interface ArrivalsContext {
  readonly store: StudioStore;
  readonly workspace: Workspace;
  readonly autosave: Autosave;
  readonly runner: Pick<Runner, "edited">;
  readonly session: Pick<Session, "open" | "back" | "opening">;
  readonly loadIntake: KernelDependencies["loadIntake"];
  readonly check: (files: Readonly<Record<string, FileContent>>) => Promise<Check>;
  /** Fetches a file by way of the engine, and shows how far it is. */
  readonly download: (url: string) => Promise<Uint8Array<ArrayBuffer>>;
}

export function createArrivals(context: ArrivalsContext): Arrivals {
  const { store, workspace, autosave, runner, session, loadIntake, check, download } = context;
  let waiting: readonly ReadWasm[] = [];
  let takeBack: (() => Promise<void>) | undefined;
  /** Number of the newest arrival: one that is still read when another comes is given up. */
  let newest = 0;

  const notify = (message: string, undo: () => Promise<void>): void => {
    takeBack = undo;
    store.setState({ notice: { message, canUndo: true }, problem: undefined });
  };
  const dismiss = (): void => {
    waiting = [];
    store.setState({ arrivedWasm: undefined });
  };
  /** Runs it, and has its failure on screen, whatever stood there before. */
  const reporting = async (work: () => Promise<void>): Promise<void> => {
    try {
      if (session.opening) await session.opening;
      await work();
    } catch (error) {
      const { code, message, diagnostics } = asPlaygroundError(error, "internal");
      store.setState({ problem: { code, message } });
      throw new PlaygroundError(code, message, { diagnostics, cause: error });
    }
  };

  const openApplication = async (components: readonly ReadWasm[]): Promise<void> => {
    const files = (await loadIntake()).wasmApplication(components);
    await session.open(files);
    notify(describeApplication(components), () => session.back());
  };

  const takeWasm = async (components: readonly ReadWasm[]): Promise<void> => {
    const { files } = store.getState().workspace;
    if (files[manifestPath] === undefined) return adoptHere(components);
    const checked = await check(files);
    const [only, ...others] = components;
    const replaceable =
      checked.ok && only && others.length === 0 ? replaceableComponents(checked.application, only.name) : [];
    waiting = components;
    store.setState({ arrivedWasm: { names: components.map(({ name }) => name), replaceable } });
  };

  /** In a workspace without a manifest: the files stay, and the manifest and the Wasm come beside them. */
  const adoptHere = async (components: readonly ReadWasm[]): Promise<void> => {
    await addFiles((await loadIntake()).wasmApplication(components), describeApplication(components));
  };

  const addFiles = async (files: Readonly<Record<string, FileContent>>, message: string): Promise<void> => {
    const before = store.getState().workspace;
    const paths = Object.keys(files);
    const old = paths.map((path) => [path, before.files[path]] as const);
    for (const [path, content] of Object.entries(files)) workspace.write(path, content);
    runner.edited(0);
    notify(message, async () => {
      for (const [path, content] of old) {
        if (content === undefined) workspace.remove(path);
        else workspace.write(path, content);
      }
      runner.edited(0);
      await autosave.flush();
    });
    await autosave.flush();
  };

  const takeNow = async (arrival: Arrival, notes: readonly string[], mine: number): Promise<void> => {
    const content = await (await loadIntake()).readArrival(arrival);
    if (mine !== newest) return;
    dismiss();
    if (content.kind === "wasm") return takeWasm(content.components);
    if (content.kind === "files") return addFiles(content.files, describeFiles(Object.keys(content.files)));
    await session.open(content.project.files);
    notify(describeProject(arrival.name, content.project, notes), () => session.back());
  };

  return {
    take: (arrival) => {
      const mine = ++newest;
      return reporting(async () => takeNow(await arrival, [], mine));
    },
    takeUrl: (url) => {
      const mine = ++newest;
      return reporting(async () => {
        const { arrival, notes } = await (await loadIntake()).arrivalOfUrl(url, download);
        await takeNow(arrival, notes, mine);
      });
    },
    replace: (componentId) =>
      reporting(async () => {
        const [wasm] = waiting;
        const { files, id } = store.getState().workspace;
        const checked = await check(files);
        if (wasm === undefined || !checked.ok)
          throw new PlaygroundError("component-missing", "No Wasm waits any more.");
        const { application } = checked;
        const target = replaceableComponents(application, wasm.name).find((one) => one.id === componentId);
        const component = application.lockedApp.components.find((one) => one.id === componentId);
        if (target === undefined || component === undefined) {
          throw new PlaygroundError("component-missing", `Component "${componentId}" has no Wasm file to replace.`);
        }
        const { builds } = workspace.record;
        const old = files[target.source];
        // It counts as built from what is there, so that only an edit builds over it.
        const record = { input: await inputDigest(application, component, files), output: await digestOf(wasm.bytes) };
        if (store.getState().workspace.id !== id) return;
        dismiss();
        workspace.place({ [target.source]: wasm.bytes.slice() }, { builds: { ...builds, [componentId]: record } });
        runner.edited(0);
        notify(describeReplacement(target, wasm.name), async () => {
          if (old === undefined) workspace.remove(target.source);
          workspace.place(old === undefined ? {} : { [target.source]: old }, { builds });
          runner.edited(0);
          await autosave.flush();
        });
        await autosave.flush();
      }),
    openAsNew: () =>
      reporting(async () => {
        const components = waiting;
        dismiss();
        await openApplication(components);
      }),
    dismiss,
    undo: () =>
      reporting(async () => {
        const undo = takeBack;
        takeBack = undefined;
        store.setState({ notice: undefined });
        await undo?.();
      }),
  };
}
