import type { Diagnostic } from "../../runtime/diagnostic.ts";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { LockedComponent } from "../../runtime/manifest/locked-app.ts";
import type { PackProgress, Toolchain } from "../../toolchains/toolchain.ts";
import type { CheckedApplication } from "./check.ts";
import {
  buildCommand,
  componentInputs,
  inputDigest,
  mountedPaths,
  outputPath,
  sourceFiles,
  workdirOf,
} from "./components.ts";
import type { ToolchainSet } from "./dependencies.ts";
import { digestOf, rememberDigest } from "./digest.ts";
import type { FileContent } from "./file-content.ts";
import {
  missingWasm,
  unavailableSource,
  middlewareTriggers,
  uncomposedDependencies,
  unknownCommand,
} from "./build-diagnostics.ts";
import { type FetchedComponents, remoteSource, type RemoteSource } from "./fetched-components.ts";
import type { ComponentBuild } from "./playground.ts";
import type { BuildRecord } from "./workspace-storage.ts";

/** What one pass over the components did. */
export interface BuildRound {
  /** The components that were built, in the manifest's order. */
  components: ComponentBuild[];
  /** The new Wasm files by workspace path. */
  outputs: Record<string, Uint8Array<ArrayBuffer>>;
  /** Records of all components, new ones included. */
  records: Record<string, BuildRecord>;
  /** Of the whole application, those of components that needed no build included. An error means: do not deploy. */
  diagnostics: Diagnostic[];
}

export interface BuildOptions {
  records: Readonly<Record<string, BuildRecord>>;
  signal: AbortSignal;
  /** Also builds what is up to date, and takes an unknown build command as an error. */
  all?: boolean;
}

export interface Builds {
  /**
   * Builds the components that are out of date, one after the other. Faults of the sources are diagnostics. Rejects
   * with what the toolchain rejects with (a pack that cannot be had), and with the signal's reason when it is aborted.
   */
  build(
    application: CheckedApplication,
    files: Readonly<Record<string, FileContent>>,
    options: BuildOptions,
  ): Promise<BuildRound>;
  /** With the person's files and lines in the place of the bundle's, where the component was built on this page. */
  readonly mapStack: (componentId: string, text: string) => string;
  /** Forgets source maps and findings: they belong to a workspace. */
  reset(): void;
}

/**
 * @param prepared A component with one of these digests is up to date without its Wasm.
 * @param fetched Has the components that come from URLs.
 * @param onProgress Told how far the download of a pack is while a build waits for it, and `undefined` after it.
 */
export function createBuilds(
  toolchainSet: ToolchainSet,
  prepared: ReadonlyMap<string, string>,
  fetched: Pick<FetchedComponents, "load">,
  onProgress: (progress: PackProgress | undefined) => void,
): Builds {
  const sourceMaps = new Map<string, string>();
  /** Warnings of each component's last good build: shown until the next one. */
  const findings = new Map<string, Diagnostic[]>();
  let mapper: ((text: string, sourceMap: string) => string) | undefined;

  const toolchainFor = async (request: Parameters<Toolchain["recognises"]>[0]): Promise<Toolchain | undefined> => {
    const loaded = await toolchainSet.load();
    mapper = loaded.mapStack;
    return loaded.toolchains.find((toolchain) => toolchain.recognises(request));
  };

  const fetchOne = async (
    round: BuildRound,
    component: LockedComponent,
    source: RemoteSource,
    { places }: CheckedApplication,
    signal: AbortSignal,
  ): Promise<void> => {
    try {
      await fetched.load(component.id, source, signal);
    } catch (error) {
      if (!(error instanceof PlaygroundError) || error.code !== "component-unavailable") throw error;
      round.diagnostics.push(unavailableSource(component, error.message, places));
    }
  };

  const buildOne = async (
    round: BuildRound,
    component: LockedComponent,
    application: CheckedApplication,
    files: Readonly<Record<string, FileContent>>,
    { records, signal, all = false }: BuildOptions,
  ): Promise<void> => {
    const remote = remoteSource(component);
    if (!all) {
      const { lockedApp, places } = application;
      const refusals = [
        ...uncomposedDependencies(component, places),
        ...middlewareTriggers(component, lockedApp, places),
      ];
      round.diagnostics.push(...refusals);
      if (refusals.length > 0) return;
    }
    if (remote !== undefined) {
      // `spin build` does not look at it.
      if (!all) await fetchOne(round, component, remote, application, signal);
      return;
    }
    const command = buildCommand(component);
    const output = outputPath(component);
    const wasm = output === undefined ? undefined : files[output];
    const present = wasm !== undefined && typeof wasm !== "string";
    if (output === undefined || (command === undefined && !present && !isBuilt(output, application))) {
      round.diagnostics.push(missingWasm(component, application.places));
      return;
    }
    if (command === undefined) return;

    // An application that was exported without its sources still runs.
    if (present && !all && Object.keys(componentInputs(application.lockedApp, component, files)).length === 0) return;
    const record = records[component.id];
    const input = await inputDigest(application, component, files, record?.read);
    const isThere = present ? record?.output === (await digestOf(wasm)) : prepared.has(record?.output ?? "");
    const upToDate = isThere && record?.input === input;
    if (upToDate && !all) {
      round.diagnostics.push(...(findings.get(component.id) ?? []));
      return;
    }

    const sources = sourceFiles(application.lockedApp, files);
    const workdir = workdirOf(component);
    const toolchain = await toolchainFor({ command, workdir, files: sources });
    signal.throwIfAborted();
    if (toolchain === undefined) {
      const diagnostic = unknownCommand(component, command, output, present && !all, application.places);
      round.diagnostics.push(diagnostic);
      if (all) round.components.push({ id: component.id, ok: false, milliseconds: 0, diagnostics: [diagnostic] });
      return;
    }

    const request = { componentId: component.id, command, workdir, output, files: sources };
    let waitsForPack = false;
    const result = await toolchain
      .build(request, signal, (progress) => {
        waitsForPack = true;
        onProgress(progress);
      })
      .finally(() => waitsForPack && onProgress(undefined));
    signal.throwIfAborted();
    const { ok, diagnostics, milliseconds } = result;
    round.components.push({ id: component.id, ok, milliseconds: milliseconds.total, diagnostics });
    round.diagnostics.push(...diagnostics);
    if (!result.ok) {
      if (!diagnostics.some(({ severity }) => severity === "error")) round.diagnostics.push(silentFailure(component));
      return;
    }
    findings.set(component.id, diagnostics);
    if (result.sourceMap === undefined) sourceMaps.delete(component.id);
    else sourceMaps.set(component.id, result.sourceMap);
    rememberDigest(result.wasm, result.digest);
    round.outputs[output] = result.wasm;
    const mounted = mountedPaths(application.mounts);
    const read = result.read?.filter((path) => mounted.has(path));
    round.records[component.id] = {
      input: await inputDigest(application, component, files, read),
      output: result.digest,
      ...(read === undefined ? {} : { read }),
    };
  };

  return {
    async build(application, files, options) {
      const round: BuildRound = { components: [], outputs: {}, records: { ...options.records }, diagnostics: [] };
      for (const component of application.lockedApp.components) {
        options.signal.throwIfAborted();
        // In turn: a toolchain drops the build under way when it is asked for another.
        await buildOne(round, component, application, files, options);
      }
      options.signal.throwIfAborted();
      return round;
    },
    mapStack(componentId, text) {
      const sourceMap = sourceMaps.get(componentId);
      return sourceMap === undefined || mapper === undefined ? text : mapper(text, sourceMap);
    },
    reset() {
      sourceMaps.clear();
      findings.clear();
    },
  };
}

/** Several components may run one Wasm file, which the build of one of them makes. */
function isBuilt(output: string, { lockedApp }: CheckedApplication): boolean {
  return lockedApp.components.some((other) => buildCommand(other) !== undefined && outputPath(other) === output);
}

/** A build must never fail without a word. */
function silentFailure(component: LockedComponent): Diagnostic {
  return {
    severity: "error",
    code: "build-failed",
    message: `The build of component "${component.id}" failed and its toolchain did not say why.`,
  };
}
