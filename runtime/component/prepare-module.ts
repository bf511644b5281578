import { PlaygroundError } from "../errors.ts";
import type { ModuleFacts } from "./classify-module.ts";
import type { PreparedComponent } from "./prepared.ts";
import { splitCore } from "./shell.ts";

/** One that runs as it is, and is not the core of a component. */
type RunnableModule = Exclude<ModuleFacts, { kind: "component-core" }>;

/** The only core module of a component that is one: its name in `PreparedComponent.modules`. */
const moduleFile = "module.wasm";

/**
 * Makes a core module ready to run, as `prepareComponent` does components: it is split in the same way, so that its memory
 * has a maximum and can be used again. It needs no generated glue.
 *
 * Fails with `component-invalid` for bytes that do not compile.
 */
export async function prepareModule(
  bytes: Uint8Array<ArrayBuffer>,
  digest: string,
  { handler, imports }: RunnableModule,
): Promise<PreparedComponent> {
  const shell = splitCore(bytes);
  if (!shell) throw invalid("The memory of the module is of a kind that the engine does not run.");
  const module = await compiled(shell.bytes);
  return { digest, modules: { [moduleFile]: module }, handler, imports, image: { module: moduleFile, ...shell.image } };
}

async function compiled(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw new PlaygroundError("component-invalid", `The module does not compile: ${String(cause)}`, { cause });
  }
}

function invalid(message: string): PlaygroundError {
  return new PlaygroundError("component-invalid", message);
}
