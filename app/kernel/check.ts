import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { ErrorCode } from "../../runtime/errors.ts";
import type { Mounts } from "../../runtime/manifest/check-mounts.ts";
import type { LockedApp } from "../../runtime/manifest/locked-app.ts";
import type { MockRule } from "../../runtime/protocol.ts";
import type { RuntimeConfig } from "../../runtime/runtime-config/parse-runtime-config.ts";
import type { KernelDependencies, ManifestPlaces } from "./dependencies.ts";
import { type FileContent, toBytes } from "./file-content.ts";

export const manifestPath = "spin.toml";
const mocksPath = "mocks.json";
/** Natively the file that `spin up --runtime-config-file` names. */
export const runtimeConfigPath = "runtime-config.toml";
/** The files that `checkWorkspace` finds fault with. */
export const checkedFiles: readonly string[] = [manifestPath, mocksPath, runtimeConfigPath];
/** What holds without a runtime config. */
const noRuntimeConfig: RuntimeConfig = { providers: [], keyValueStores: ["default"], databases: ["default"] };

/** A workspace whose manifest, mocks and runtime config are right. */
export interface CheckedApplication {
  lockedApp: LockedApp;
  /** Of the manifest. */
  version: 1 | 2;
  mounts: Mounts;
  mocks: MockRule[];
  runtime: RuntimeConfig;
  places: ManifestPlaces;
}

export type Check =
  | { ok: true; application: CheckedApplication; warnings: Diagnostic[] }
  | { ok: false; code: ErrorCode; message: string; diagnostics: Diagnostic[] };

/**
 * Reads `spin.toml`, under a build profile or (when that is empty) none, and `mocks.json` and `runtime-config.toml` where there
 * are such. What is wrong comes back as diagnostics.
 */
export async function checkWorkspace(
  files: Readonly<Record<string, FileContent>>,
  {
    readManifest,
    readMocks,
    readRuntimeConfig,
  }: Pick<KernelDependencies, "readManifest" | "readMocks" | "readRuntimeConfig">,
  profile = "",
): Promise<Check> {
  const manifest = files[manifestPath];
  if (manifest === undefined) {
    const message = "The workspace has no spin.toml. Every Spin application has one at its root.";
    const diagnostic: Diagnostic = { severity: "error", code: "manifest-missing", message };
    return { ok: false, code: "manifest-missing", message, diagnostics: [diagnostic] };
  }
  const mocks = files[mocksPath];
  const runtimeConfig = files[runtimeConfigPath];
  const runtime =
    runtimeConfig === undefined
      ? { config: noRuntimeConfig, warnings: [] }
      : await readRuntimeConfig(asText(runtimeConfig), runtimeConfigPath);
  const { keyValueStores, databases } = "diagnostics" in runtime ? noRuntimeConfig : runtime.config;
  const [reading, rules] = await Promise.all([
    readManifest(asText(manifest), manifestPath, { paths: Object.keys(files), keyValueStores, databases, profile }),
    mocks === undefined ? { rules: [] } : readMocks(asText(mocks), mocksPath),
  ]);
  const ofManifest = "diagnostics" in reading ? reading.diagnostics : reading.warnings;
  const diagnostics = [
    // Which stores there are is not known while the file that says so is wrong.
    ...ofManifest.filter(({ code }) => !("diagnostics" in runtime) || code !== "unknown-store"),
    ...("diagnostics" in runtime ? runtime.diagnostics : runtime.warnings),
    ...("diagnostics" in rules ? rules.diagnostics : []),
  ];
  if ("diagnostics" in runtime) return refused("file-invalid", `${runtimeConfigPath} is refused`, diagnostics);
  if ("diagnostics" in reading) return refused("manifest-invalid", "spin.toml is refused", diagnostics);
  if ("diagnostics" in rules) return refused("file-invalid", "mocks.json is refused", diagnostics);
  const { lockedApp, version, mounts, places } = reading;
  const application = { lockedApp, version, mounts, mocks: rules.rules, runtime: runtime.config, places };
  return { ok: true, application, warnings: diagnostics };
}

function refused(code: ErrorCode, summary: string, diagnostics: Diagnostic[]): Check {
  const first = diagnostics.find((diagnostic) => diagnostic.severity === "error");
  return {
    ok: false,
    code,
    message: first === undefined ? `${summary}.` : `${summary}: ${first.message}`,
    diagnostics,
  };
}

/** The readers place every fault by line, so bytes that are no UTF-8 go to them with replacement characters. */
function asText(content: FileContent): string {
  return typeof content === "string" ? content : new TextDecoder().decode(toBytes(content));
}
