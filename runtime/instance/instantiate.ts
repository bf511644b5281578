import { createImports } from "../host/registry.ts";
import type { InstanceContext } from "../host/context.ts";
import type { MemoryImage, PreparedComponent } from "../component/prepared.ts";
import { shellMemory } from "../component/shell.ts";
import { PlaygroundError } from "../errors.ts";

/** The module that jco generates. */
export interface GlueModule {
  instantiate(
    getCoreModule: (file: string) => WebAssembly.Module,
    imports: Record<string, object>,
    instantiateCore: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance,
  ): Promise<Record<string, unknown>> | Record<string, unknown>;
}

/** What `wasi:http/incoming-handler` looks like from the host. */
export interface HttpHandler {
  handle(request: object, responseOut: object): Promise<void>;
}

const pageBytes = 65_536;

/**
 * Makes a fresh instance of a component: new memory, new tables, new globals, and host interfaces bound to the context of
 * one request. Nothing of an earlier instance is in it.
 */
export async function instantiate(
  component: PreparedComponent,
  glue: GlueModule,
  context: InstanceContext,
  memoryBytes: number,
): Promise<HttpHandler> {
  const main = component.image && component.modules[component.image.module];
  const instance = await glue.instantiate(
    (file) => moduleOf(component, file),
    createImports(component.imports, context),
    (module, imports) =>
      component.image && module === main
        ? instantiateShell(module, imports, component.image, memoryBytes)
        : new WebAssembly.Instance(module, imports),
  );
  return instance[component.handler] as HttpHandler;
}

function moduleOf(component: PreparedComponent, file: string): WebAssembly.Module {
  const module = component.modules[file];
  if (!module) throw new PlaygroundError("internal", `The glue asks for ${file}, which the component does not have.`);
  return module;
}

/** The maximum is always set: a guest that grows without end fails by itself instead of taking the browser along. */
function instantiateShell(
  shell: WebAssembly.Module,
  imports: WebAssembly.Imports,
  image: MemoryImage,
  memoryBytes: number,
): WebAssembly.Instance {
  const allowed = Math.floor(memoryBytes / pageBytes);
  if (image.initialPages > allowed) {
    throw new PlaygroundError(
      "limit-exceeded",
      `The component starts with ${image.initialPages * 64} KiB of memory; the limit is ${allowed * 64} KiB.`,
    );
  }
  const maximum = Math.min(image.maximumPages ?? allowed, allowed);
  const memory = new WebAssembly.Memory({ initial: image.initialPages, maximum });
  new Uint8Array(memory.buffer).set(image.bytes);
  const instance = new WebAssembly.Instance(shell, {
    ...imports,
    [shellMemory.module]: { [shellMemory.name]: memory },
  });
  for (const [name, value] of Object.entries(image.globals))
    (instance.exports[name] as WebAssembly.Global).value = value;
  return instance;
}
