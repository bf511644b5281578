import { PlaygroundError } from "../errors.ts";
import { componentInterface, wasmKind } from "./component-sections.ts";

export interface ComponentFacts {
  /** The export that answers requests, e.g. `wasi:http/incoming-handler@0.2.10`. */
  handler: string;
  imports: string[];
}

const supportedHandler = /^wasi:http\/incoming-handler@0\.2\.\d+$/;

/**
 * Finds out how a component answers requests. Fails with `component-invalid` when it is not one that the engine can run,
 * naming what it exports instead, as Spin does at start-up.
 */
export function classifyComponent(bytes: Uint8Array): ComponentFacts {
  if (wasmKind(bytes) === "module") {
    throw new PlaygroundError(
      "component-invalid",
      "This is a core WebAssembly module, not a component. The playground runs components that export `wasi:http/incoming-handler@0.2.x`.",
    );
  }
  const { imports, exports } = componentInterface(bytes);
  const handlers = exports.filter((name) => supportedHandler.test(name));
  const [handler] = handlers;
  if (!handler) {
    throw new PlaygroundError(
      "component-invalid",
      `Expected component to export \`wasi:http/incoming-handler@0.2.*\` but it exported ${listing(exports)}. This may mean the component handles a different trigger.`,
    );
  }
  if (handlers.length > 1) {
    throw new PlaygroundError(
      "component-invalid",
      "component exports multiple different handlers but it's expected to export only one",
    );
  }
  return { handler, imports };
}

const listing = (names: string[]): string =>
  names.length === 0 ? "nothing" : names.map((name) => `\`${name}\``).join(", ");
