import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { LockedApp, LockedComponent } from "../../runtime/manifest/locked-app.ts";
import { manifestPath } from "./check.ts";
import { outputPath } from "./components.ts";
import type { ManifestPlaces } from "./dependencies.ts";

/** For a component whose Wasm is neither in the workspace nor built here, at its source in the manifest. */
export function missingWasm(component: LockedComponent, places: ManifestPlaces): Diagnostic {
  const path = outputPath(component);
  const { registry } = component.source;
  const message =
    path === undefined
      ? registry === undefined
        ? `The source of component "${component.id}" is not a file of the workspace. Put the Wasm there and name its path.`
        : `Component "${component.id}" comes from a registry (${registry.package}@${registry.version}). Native Spin fetches ` +
          "it; the playground does not fetch from registries yet. Put its Wasm into the workspace and name its path, or " +
          "name a URL and its digest."
      : `Component "${component.id}" needs ${path}, which the workspace does not have. Put the Wasm there, or give ` +
        "the component a build command.";
  return {
    severity: "error",
    code: "component-missing",
    message,
    file: manifestPath,
    ...places.source(component.id),
  };
}

/** For a component that could not be fetched from its URL, at its source in the manifest. */
export function unavailableSource({ id }: LockedComponent, reason: string, places: ManifestPlaces): Diagnostic {
  return {
    severity: "error",
    code: "component-unavailable",
    message: `Component "${id}" cannot be had. ${reason}`,
    file: manifestPath,
    ...places.source(id),
  };
}

/** For the dependencies of a component that is to run, each at its place: the tab has nothing that could compose them. */
export function uncomposedDependencies(component: LockedComponent, places: ManifestPlaces): Diagnostic[] {
  return Object.keys(component.dependencies ?? {}).map((name) => ({
    severity: "error",
    code: "component-invalid",
    message:
      `Native Spin composes the dependency "${name}" into component "${component.id}" when it loads the application. The ` +
      "playground can neither compose components yet nor run composed ones. To run the application here, build the component " +
      "so that it needs no dependency.",
    file: manifestPath,
    ...places.dependency(component.id, name),
  }));
}

/**
 * For a component with middleware before it, at each trigger that has some: without it, requests would reach the component
 * that the middleware would not let through.
 */
export function middlewareTriggers(
  { id }: LockedComponent,
  { triggers }: Pick<LockedApp, "triggers">,
  places: ManifestPlaces,
): Diagnostic[] {
  return triggers
    .filter(({ trigger_config }) => trigger_config["component"] === id && trigger_config["dependencies"] !== undefined)
    .map((trigger) => ({
      severity: "error",
      code: "component-invalid",
      message:
        `Native Spin puts the middleware in "dependencies" of this trigger before component "${id}". The playground cannot ` +
        "compose components yet. To run the application here without it, take it out of the manifest.",
      file: manifestPath,
      ...places.middleware(trigger.id),
    }));
}

/**
 * For a build command that no toolchain knows, at the command in the manifest. When the Wasm is there it is run as it
 * is, as `spin up` does, and this is a warning.
 */
export function unknownCommand(
  component: LockedComponent,
  command: string,
  output: string,
  usesPresentWasm: boolean,
  places: ManifestPlaces,
): Diagnostic {
  const waysOn = `build it outside and drop the Wasm (${output}) on this page, or watch its folder (Open, Watch a folder), which is then what "spin watch" does`;
  return {
    severity: usesPresentWasm ? "warning" : "error",
    code: "build-command-unknown",
    message: usesPresentWasm
      ? `The playground cannot run "${command}", so edits do not rebuild component "${component.id}": it runs ${output} as it is. To change it, ${waysOn}.`
      : `The playground has no toolchain for "${command}", the build command of component "${component.id}". You can ${waysOn}.`,
    file: manifestPath,
    ...places.buildCommand(component.id),
  };
}
