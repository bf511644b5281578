import { sourceName, templateExports } from "../template-metadata.ts";
import { readProbe } from "./listener-probe.ts";
import { preview1 } from "./preview1/preview1.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Template } from "./template.ts";

/** What the engine was stopped by while it ran the top level of the bundle. */
export interface InitialisationFault {
  /** Everything written to standard output and error until then. */
  output: string;
  /** The host function that was called, e.g. `wasi:random/random@0.2.10#get-random-u64`: none may be at this time. */
  hostCall?: string;
  /** How the engine ended: the trap's text, or its exit code. */
  reason: string;
}

/** `listening`: the program has added a fetch listener. `output`: everything it has printed. */
export type Initialisation =
  | { snapshot: Snapshot; listening: boolean; output: string }
  | { fault: InitialisationFault };

class HostCall extends Error {
  readonly target: string;
  constructor(target: string) {
    super(`The host function ${target} was called during initialisation.`);
    this.target = target;
  }
}

/**
 * Runs the engine's initialisation: it starts SpiderMonkey and evaluates the bundle's top level. No host interface may be
 * called then, natively neither (componentize-js runs this step under Wizer with every import a trap).
 */
export function initialise(template: Template, bundle: string): Initialisation {
  let output = "";
  let exports: WebAssembly.Exports = {};
  // Called by the program only, which is when there are exports.
  const memory = () => (exports["memory"] as WebAssembly.Memory).buffer;
  const wasi = preview1(
    {
      environment: template.metadata.environment,
      standardInput: `--init-location http://localhost --initializer-script-path /i/initializer.js --strip-path-prefix /s/ /s/${sourceName}`,
      files: { "/i/initializer.js": template.metadata.initializer, [`/s/${sourceName}`]: bundle },
      onOutput: (_descriptor, text) => (output += text),
    },
    memory,
  );
  exports = new WebAssembly.Instance(template.module, initialisationImports(template.module, wasi)).exports;
  try {
    call(exports, templateExports.initialize);
    call(exports, templateExports.main);
    const code = call(exports, "check_init");
    if (code !== 0) throw new Error(`The engine reports initialisation error ${String(code)}.`);
  } catch (error) {
    // Traps, exits and host calls alike leave the instance unusable: it is dropped, and the build reports what it was.
    const reason = error instanceof Error ? error.message : String(error);
    const hostCall = error instanceof HostCall ? { hostCall: error.target } : {};
    return { fault: { output: readProbe(output).output, reason, ...hostCall } };
  }
  return { snapshot: takeSnapshot(template.info, exports), ...readProbe(output) };
}

function call(exports: WebAssembly.Exports, name: string): unknown {
  return (exports[name] as () => unknown)();
}

function initialisationImports(module: WebAssembly.Module, wasi: Record<string, unknown>): WebAssembly.Imports {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const entry of WebAssembly.Module.imports(module)) {
    const target = `${entry.module}#${entry.name}`;
    const refuse = () => {
      throw new HostCall(target);
    };
    const offered = entry.module === "wasi_snapshot_preview1" ? wasi[entry.name] : undefined;
    (imports[entry.module] ??= {})[entry.name] = (offered ?? refuse) as WebAssembly.ImportValue;
  }
  return imports;
}
