import type { Diagnostic } from "./diagnostic.ts";

/**
 * Every way in which the playground fails, and what the person can do about it.
 * The set is closed: code that fails picks one of these, and the documentation lists them.
 */
export const errorCodes = {
  "browser-unsupported": "The browser lacks something the engine needs (JSPI, service workers, Wasm).",
  "build-command-unknown": "No toolchain here knows the component's build command.",
  "build-failed": "A toolchain could not build a component; the diagnostics say where.",
  "build-superseded": "A newer edit came while the build ran; its result was dropped.",
  "component-invalid": "The bytes are not a WebAssembly component the engine can load.",
  "component-unavailable": "A component could not be fetched from where the manifest says, or is not what it says.",
  "component-missing": "The manifest names a Wasm file that the workspace does not hold.",
  "deadline-exceeded": "The handler did not answer within the request deadline.",
  "engine-unavailable": "The application origin could not be reached or its engine did not start.",
  "file-invalid": "A path or a file's content cannot be part of a workspace.",
  "file-not-found": "The workspace has no such file.",
  "host-interface-unavailable": "The component called a host interface that the playground does not have yet.",
  "instance-failed": "The instance trapped or ended without an answer.",
  internal: "A fault of the playground itself.",
  "limit-exceeded": "A set limit (memory, instances, queue, size) was reached.",
  "manifest-invalid": "spin.toml is refused; the diagnostics say where.",
  "manifest-missing": "The workspace has no spin.toml.",
  "not-running": "No application is running.",
  "outbound-denied": "allowed_outbound_hosts does not allow this destination.",
  "pack-unavailable": "A toolchain's files could not be fetched.",
  "request-invalid": "A request that the browser cannot make: its method, a header or its body is not allowed.",
  "settings-invalid": "A setting that there is not, or a limit that cannot be.",
  "store-unavailable": "The browser refused to store or read data.",
  "variables-missing": "Required variables have no value; the diagnostics name them.",
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof errorCodes;

/** A failure with a code out of the closed set, and diagnostics where there are any. */
export class PlaygroundError extends Error {
  override readonly name = "PlaygroundError";
  readonly code: ErrorCode;
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { diagnostics?: readonly Diagnostic[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.diagnostics = options.diagnostics ?? [];
  }
}

/** Fails with an `internal` error when a condition that the code relies on does not hold. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new PlaygroundError("internal", message);
}
