/** Helpers of the tests in this folder. */
import type { LockedApp } from "./locked-app.ts";
import { type ManifestOptions, parseManifest } from "./parse-manifest.ts";

/** The locked application of a manifest that must be right. */
export function lock(text: string, options?: ManifestOptions): LockedApp {
  const result = parseManifest(text, "spin.toml", options);
  if ("diagnostics" in result) throw new Error(result.diagnostics.map(({ message }) => message).join("\n"));
  return result.lockedApp;
}

/** `line:column message` of each diagnostic. */
export function faults(text: string, options?: ManifestOptions): string[] {
  const result = parseManifest(text, "spin.toml", options);
  const diagnostics = "diagnostics" in result ? result.diagnostics : result.warnings;
  return diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

export const head = `spin_manifest_version = 2\n[application]\nname = "app"\n`;
export const route = `[[trigger.http]]\nroute = "/..."\ncomponent = "hello"\n`;
/** A right manifest whose component begins on line 7; further lines belong to the component. */
export const component = `${head}${route}[component.hello]\nsource = "hello.wasm"\n`;
