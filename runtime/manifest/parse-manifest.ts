/** `spin.toml` in, locked application or diagnostics out. */
import { parse, TomlError } from "smol-toml";
import type { Diagnostic } from "../diagnostic.ts";
import { checkBase } from "./http-trigger.ts";
import { quoted } from "./identifiers.ts";
import { lockManifest } from "./lock.ts";
import type { LockedApp } from "./locked-app.ts";
import { readManifestV1 } from "./manifest-v1.ts";
import { readManifestV2 } from "./manifest-v2.ts";
import { ManifestPositions } from "./manifest-positions.ts";
import type { ManifestModel } from "./model.ts";
import { PositionIndex } from "./positions.ts";
import { Report } from "./report.ts";
import { isTable, type TomlTable } from "./shape.ts";

export type ManifestResult =
  | { lockedApp: LockedApp; version: 1 | 2; warnings: Diagnostic[]; positions: ManifestPositions }
  | { diagnostics: Diagnostic[] };

export interface ManifestOptions {
  /** A build profile (`spin build --profile`): its overrides replace what the components say. */
  profile?: string;
}

/**
 * Parses a manifest of version 1 or 2. Never throws for a wrong manifest: `diagnostics` then holds every error found,
 * in the order of the text, with Spin's wording, and the warnings. `file` is only for the messages.
 */
export function parseManifest(text: string, file = "spin.toml", options: ManifestOptions = {}): ManifestResult {
  let root: TomlTable;
  try {
    // Integers as bigint: `2` and `2.0` are not the same to Spin.
    root = parse(text, { integersAsBigInt: true });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { diagnostics: [syntaxError(error, file)] };
  }
  const positions = new PositionIndex(text);
  const report = new Report(file, positions);
  const model = readAnyVersion(root, options.profile, report);
  const lockedApp = model === undefined ? undefined : lockManifest(model, report);
  if (model !== undefined && lockedApp !== undefined && report.errors.length === 0) {
    const paths = new Map([...model.components.values()].map(({ id, path }) => [id, path]));
    const triggers = new Map(model.triggers.map(({ id, path }) => [id, path]));
    return {
      lockedApp,
      version: root[versionKey(root)] === "1" ? 1 : 2,
      warnings: report.warnings,
      positions: new ManifestPositions(file, positions, paths, triggers),
    };
  }
  return { diagnostics: [...report.errors, ...report.warnings].sort(byPosition) };
}

function readAnyVersion(root: TomlTable, profile: string | undefined, report: Report): ManifestModel | undefined {
  const key = versionKey(root);
  const version = root[key];
  if (version === undefined) {
    report.error("missing-field", [], "missing field `spin_manifest_version`");
    return undefined;
  }
  if (version === "1") {
    const model = readManifestV1(root, report);
    checkBase(model.application.triggerSettings["http"], 1, report);
    return model;
  }
  if (version === 2n) {
    const model = readManifestV2(root, profile, report);
    checkBase(model.application.triggerSettings["http"], 2, report);
    return model;
  }
  report.error("manifest-version", [key], `invalid manifest version: ${tomlOf(version)}`);
  return undefined;
}

/** A value as Rust's `toml` shows it. */
function tomlOf(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return Number.isInteger(value) ? value.toFixed(1) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `[${value.map(tomlOf).join(", ")}]`;
  if (!isTable(value)) return String(value);
  const fields = Object.entries(value).map(
    ([key, item]) => `${/^[\w-]+$/.test(key) ? key : quoted(key)} = ${tomlOf(item)}`,
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function versionKey(root: TomlTable): string {
  return Object.hasOwn(root, "spin_manifest_version") ? "spin_manifest_version" : "spin_version";
}

/** What is wrong with a text that is no TOML. */
export function syntaxError(error: TomlError, file: string): Diagnostic {
  // smol-toml adds an excerpt of the text below its message; the editor shows the place itself.
  const [first = ""] = error.message.split("\n");
  const message = first.replace(/^Invalid TOML document: /, "");
  return {
    severity: "error",
    code: "toml-syntax",
    message: `TOML parse error at line ${error.line}, column ${error.column}: ${message}`,
    file,
    line: error.line,
    column: error.column,
  };
}

/** Sorts diagnostics of one file. */
export function byPosition(a: Diagnostic, b: Diagnostic): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
