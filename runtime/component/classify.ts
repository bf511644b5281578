import { PlaygroundError } from "../errors.ts";
import { componentInterface, wasmKind } from "./component-sections.ts";
import { noHandler } from "./handler-messages.ts";

export interface ComponentFacts {
  /** The export that answers requests, e.g. `wasi:http/incoming-handler@0.2.10`. */
  handler: string;
  imports: string[];
}

/** The exports by which Spin's HTTP trigger knows a component (`crates/http/src/trigger.rs`); see `expectedHandlers`. */
const spinHandlers: readonly RegExp[] = [
  /^wasi:http\/incoming-handler@0\.2\.(?:\d+|0-rc-2023-10-18|0-rc-2023-11-10)$/,
  /^wasi:http\/handler@0\.3\.\d+(?:-rc-2026-03-15)?$/,
  /^fermyon:spin\/inbound-http$/,
];

/**
 * Finds out how a component answers requests. Fails with `component-invalid` when it is not one that the engine can run,
 * naming what it exports instead, as Spin does at start-up.
 */
export function classifyComponent(bytes: Uint8Array): ComponentFacts {
  if (wasmKind(bytes) === "module") {
    throw invalid(
      "This is a core WebAssembly module, not a component. The playground runs components that export `wasi:http/incoming-handler@0.2.*`.",
    );
  }
  const { imports, exports } = componentInterface(bytes);
  const [handler, ...others] = exports.filter((name) => spinHandlers.some((pattern) => pattern.test(name)));
  if (handler === undefined) {
    throw invalid(noHandler(exports));
  }
  if (others.length > 0) {
    throw invalid("component exports multiple different handlers but it's expected to export only one");
  }
  return { handler, imports };
}

function invalid(message: string): PlaygroundError {
  return new PlaygroundError("component-invalid", message);
}
