import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { ErrorCode } from "../../runtime/errors.ts";
import type { Mounts } from "../../runtime/manifest/check-mounts.ts";
import type { LockedApp } from "../../runtime/manifest/locked-app.ts";
import type { MockRule } from "../../runtime/protocol.ts";
import type { KernelDependencies, ManifestPlaces } from "./dependencies.ts";
import { type FileContent, toBytes } from "./file-content.ts";

export const manifestPath = "spin.toml";
const mocksPath = "mocks.json";
/** The files that `checkWorkspace` finds fault with. */
export const checkedFiles: readonly string[] = [manifestPath, mocksPath];

/** A workspace whose manifest and mocks are right. */
export interface CheckedApplication {
  lockedApp: LockedApp;
  /** Of the manifest. */
  version: 1 | 2;
  mounts: Mounts;
  mocks: MockRule[];
  places: ManifestPlaces;
}

export type Check =
  | { ok: true; application: CheckedApplication; warnings: Diagnostic[] }
  | { ok: false; code: ErrorCode; message: string; diagnostics: Diagnostic[] };

/** Reads `spin.toml` and, where there is one, `mocks.json`. What is wrong with either comes back as diagnostics. */
export async function checkWorkspace(
  files: Readonly<Record<string, FileContent>>,
  { readManifest, readMocks }: Pick<KernelDependencies, "readManifest" | "readMocks">,
): Promise<Check> {
  const manifest = files[manifestPath];
  if (manifest === undefined) {
    const message = "The workspace has no spin.toml. Every Spin application has one at its root.";
    const diagnostic: Diagnostic = { severity: "error", code: "manifest-missing", message };
    return { ok: false, code: "manifest-missing", message, diagnostics: [diagnostic] };
  }
  const mocks = files[mocksPath];
  const [reading, rules] = await Promise.all([
    readManifest(asText(manifest), manifestPath, Object.keys(files)),
    mocks === undefined ? { rules: [] } : readMocks(asText(mocks), mocksPath),
  ]);
  const diagnostics = [
    ...("diagnostics" in reading ? reading.diagnostics : reading.warnings),
    ...("diagnostics" in rules ? rules.diagnostics : []),
  ];
  if ("diagnostics" in reading) return refused("manifest-invalid", "spin.toml is refused", diagnostics);
  if ("diagnostics" in rules) return refused("file-invalid", "mocks.json is refused", diagnostics);
  const { lockedApp, version, mounts, places } = reading;
  return { ok: true, application: { lockedApp, version, mounts, mocks: rules.rules, places }, warnings: diagnostics };
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
