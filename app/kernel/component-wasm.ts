import { PlaygroundError } from "../../runtime/errors.ts";
import type { LockedApp } from "../../runtime/manifest/locked-app.ts";
import { outputPath } from "./components.ts";
import type { Check } from "./check.ts";
import { type FetchedComponents, remoteSource } from "./fetched-components.ts";
import { type FileContent, toBytes } from "./file-content.ts";

/**
 * A copy of a component's Wasm, out of the workspace or from its URL. Rejects with `component-missing` when there is no such
 * component or no Wasm of it yet, with `component-unavailable`, and with the manifest's own faults.
 */
export async function componentWasm(
  componentId: string,
  files: Readonly<Record<string, FileContent>>,
  check: Check,
  fetched: Pick<FetchedComponents, "load">,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!check.ok) throw new PlaygroundError(check.code, check.message, { diagnostics: check.diagnostics });
  const component = find(componentId, check.application.lockedApp);
  const remote = remoteSource(component);
  if (remote !== undefined) return (await fetched.load(componentId, remote)).slice();
  const path = outputPath(component);
  const wasm = path === undefined ? undefined : files[path];
  if (wasm === undefined) {
    throw new PlaygroundError("component-missing", `There is no Wasm of component "${componentId}" yet: run it first.`);
  }
  return toBytes(wasm);
}

function find(id: string, { components }: LockedApp): LockedApp["components"][number] {
  const component = components.find((one) => one.id === id);
  if (component !== undefined) return component;
  const all = components.map((one) => one.id).join(", ");
  throw new PlaygroundError("component-missing", `The application has no component "${id}"; it has ${all || "none"}.`);
}
