import type { Diagnostic } from "../diagnostic.ts";
import type { KeyPath, PositionIndex } from "./positions.ts";

/** Every code that a diagnostic of a manifest or a runtime config can have. */
export type ManifestCode =
  | "toml-syntax"
  | "manifest-version"
  | "missing-field"
  | "unknown-field"
  | "invalid-type"
  | "invalid-value"
  | "invalid-identifier"
  | "invalid-variable"
  | "invalid-template"
  | "invalid-allowed-host"
  | "invalid-dependency"
  | "invalid-trigger"
  | "invalid-route"
  | "unknown-component"
  | "unknown-profile"
  | "unknown-store"
  | "invalid-mount"
  | "doubtful-mount"
  | "duplicate-component"
  | "no-triggers"
  | "deprecated-field"
  | "deprecated-base"
  | "missing-variable"
  | "unused-key"
  | "not-in-a-tab";

/** Collects what is found about one manifest; positions come from key paths. */
export class Report {
  readonly file: string;
  readonly positions: PositionIndex;
  readonly errors: Diagnostic[] = [];
  readonly warnings: Diagnostic[] = [];

  constructor(file: string, positions: PositionIndex) {
    this.file = file;
    this.positions = positions;
  }

  /** An error about the value at `path`. */
  error(code: ManifestCode, path: KeyPath, message: string): void {
    this.errors.push({ severity: "error", code, message, file: this.file, ...this.positions.value(path) });
  }

  /** An error about the key at `path`. */
  keyError(code: ManifestCode, path: KeyPath, message: string): void {
    this.errors.push({ severity: "error", code, message, file: this.file, ...this.positions.key(path) });
  }

  /** A warning about the key at `path`. */
  warning(code: ManifestCode, path: KeyPath, message: string): void {
    this.warnings.push({ severity: "warning", code, message, file: this.file, ...this.positions.key(path) });
  }
}
