import { invariant } from "../../../runtime/errors.ts";
import { locateMainCore } from "../../../runtime/component/component-sections.ts";
import { readModule } from "../../../runtime/component/wasm/module.ts";
import type { ModuleInfo, Section } from "../../../runtime/component/wasm/module.ts";
import type { TemplateMetadata } from "../template-metadata.ts";

/** Where the engine's core module lies in the template component. It is all that baking needs. */
export interface TemplateLayout {
  component: Uint8Array;
  core: Section;
  info: ModuleInfo;
}

/** The template component with its engine compiled, ready to initialise. */
export interface Template extends TemplateLayout {
  metadata: TemplateMetadata;
  module: WebAssembly.Module;
}

/** Reads and compiles the template once; every build instantiates the same compiled module. */
export async function openTemplate(component: Uint8Array<ArrayBuffer>, metadata: TemplateMetadata): Promise<Template> {
  const layout = templateLayout(component);
  const module = await WebAssembly.compile(component.subarray(layout.core.start, layout.core.end));
  return { ...layout, metadata, module };
}

export function templateLayout(component: Uint8Array): TemplateLayout {
  const core = locateMainCore(component);
  invariant(core, "The template component has no core module with a memory.");
  return { component, core, info: readModule(component, core.start, core.end) };
}
