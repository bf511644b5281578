/**
 * A component made ready to run: what can be done once per content is done, and all of it can be sent to a worker.
 * An instance needs only memory, the image and `new WebAssembly.Instance`.
 */
export interface PreparedComponent {
  /** `sha256:…` of the component's bytes. */
  digest: string;
  /** The generated ES module with `instantiate`; the URL is one that a worker of this origin can import. Core modules have none. */
  glueUrl?: string;
  /** Compiled core modules by the file name that the glue asks for. */
  modules: Record<string, WebAssembly.Module>;
  /** Set when the main core module was split into a shell and its initial state. */
  image?: MemoryImage;
  /** What answers requests, as exported: `wasi:http/incoming-handler@0.2.x`, or a function of a core module (`_start`). */
  handler: string;
  /** Versioned names of the host interfaces that it needs, e.g. `wasi:io/poll@0.2.10`. */
  imports: string[];
}

/** The state of a core module before its first call: its memory and mutable globals, taken out of the module. */
export interface MemoryImage {
  /** File name of the core module it belongs to. */
  module: string;
  /** The linear memory from address 0; zeros at the end are left out. */
  bytes: Uint8Array;
  /** Pages (64 KiB) that the module asks for at the start, and its own maximum. */
  initialPages: number;
  maximumPages?: number;
  /** Values by the private export name that the shell gives each mutable global. */
  globals: Record<string, number | bigint>;
  /** The module has a start function: instantiating it runs code of the guest, which may be done for a request alone. */
  startsItself?: true;
}
