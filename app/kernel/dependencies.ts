/**
 * What the kernel needs from the rest of the playground, as functions that load when they are first called: nothing
 * here belongs into the studio's first chunk. Tests give fakes.
 */
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { Mounts } from "../../runtime/manifest/check-mounts.ts";
import type { LockedApp } from "../../runtime/manifest/locked-app.ts";
import type { MockRule, PrebuiltGlue } from "../../runtime/protocol.ts";
import type { RuntimeConfigResult } from "../../runtime/runtime-config/parse-runtime-config.ts";
import type { Toolchain } from "../../toolchains/toolchain.ts";
import type * as Intake from "../intake/index.ts";
import type { ComponentStore } from "./component-store.ts";
import type { EngineClient } from "./engine-client.ts";
import type { FolderStore } from "./folder-store.ts";
import type { WorkspaceStorage } from "./workspace-storage.ts";

export interface KernelDependencies {
  readonly storage: WorkspaceStorage;
  readonly componentStore: ComponentStore;
  readonly engine: EngineClient;
  readonly readManifest: ReadManifest;
  readonly readMocks: ReadMocks;
  readonly readRuntimeConfig: ReadRuntimeConfig;
  readonly toolchains: ToolchainSet;
  readonly templates: TemplateSource;
  /** Which folders are watched. */
  readonly folders: FolderStore;
  /** What reads given files, folders and zips. */
  readonly loadIntake: () => Promise<typeof Intake>;
  /** Glue made at build time, by shell digest; see `Deployment`. */
  readonly prebuiltGlue: () => Promise<Record<string, PrebuiltGlue>>;
  /** Where the studio is served. */
  readonly location: { readonly protocol: string; readonly host: string };
  /** Gives a file to the person's disk. */
  readonly saveFile: (name: string, bytes: Uint8Array<ArrayBuffer>) => void;
  /** Calls back when the page has nothing better to do. */
  readonly whenIdle: (callback: () => void) => void;
}

/**
 * Parses and checks `spin.toml`; `paths` are the files of the workspace, some of which it may mount, and the labels
 * are those that have a store or database.
 */
export type ReadManifest = (text: string, file: string, options: ManifestReadingOptions) => Promise<ManifestReading>;

export interface ManifestReadingOptions {
  /** All paths of the workspace. */
  paths: readonly string[];
  /** Labels of stores that are backed. */
  keyValueStores: readonly string[];
  /** Labels of SQLite databases that are backed. */
  databases: readonly string[];
  /** The build profile, empty for none. */
  profile: string;
}

export type ManifestReading =
  | { lockedApp: LockedApp; version: 1 | 2; mounts: Mounts; warnings: Diagnostic[]; places: ManifestPlaces }
  | { diagnostics: Diagnostic[] };

/** Where the manifest says things; a place it does not spell out gives that of what encloses it. */
export interface ManifestPlaces {
  component(id: string): Place;
  source(componentId: string): Place;
  buildCommand(componentId: string): Place;
  dependency(componentId: string, name: string): Place;
  variable(name: string): Place;
  middleware(triggerId: string): Place;
}

/** Counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Parses `mocks.json`. */
export type ReadMocks = (text: string, file: string) => Promise<{ rules: MockRule[] } | { diagnostics: Diagnostic[] }>;

/** Parses `runtime-config.toml`. */
export type ReadRuntimeConfig = (text: string, file: string) => Promise<RuntimeConfigResult>;

/** All toolchains, loaded together when the first is needed. */
export interface ToolchainSet {
  load(): Promise<LoadedToolchains>;
}

export interface LoadedToolchains {
  readonly toolchains: readonly Toolchain[];
  /** Puts the person's files and lines in the place of the bundle's, in any text with stack lines. */
  readonly mapStack: (text: string, sourceMap: string) => string;
}

export interface TemplateSummary {
  id: string;
  description: string;
}

export interface TemplateSource {
  list(): Promise<TemplateSummary[]>;
  /** Fails with `file-not-found` for an unknown id. */
  files(id: string): Promise<Record<string, string | Uint8Array>>;
  /** The template's component, built beforehand; fails with `pack-unavailable`. */
  prebuilt(id: string): Promise<PrebuiltTemplate>;
  /** The same by its digest; `undefined` when there is none, or none any more. */
  prebuiltOf(digest: string): Promise<PrebuiltTemplate | undefined>;
}

export interface PrebuiltTemplate {
  digest: string;
  /** Where the engine finds it ready to run; see `Deployment`. */
  prepared: string;
  /** The component's bytes. */
  load: () => Promise<Uint8Array<ArrayBuffer>>;
}
