import { PlaygroundError } from "../errors.ts";

/**
 * Makes the component of a core module that carries its types (`component-type` sections of wit-bindgen 0.5 or newer), as Spin
 * does when it loads one: WASI preview 1 is put over 0.2 by an adapter for libraries. Loads the tools, 3 MB, for such modules alone.
 *
 * Fails with `component-invalid` when the tools refuse the module.
 */
export async function componentOfCore(core: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const [{ componentNew }, adapter] = await Promise.all([
    import("@bytecodealliance/jco-transpile/wasm-tools"),
    loadAdapter(),
  ]);
  try {
    return Uint8Array.from(await componentNew(core, [["wasi_snapshot_preview1", adapter]]));
  } catch (cause) {
    throw new PlaygroundError(
      "component-invalid",
      `No component can be made of this core module, as native Spin would when it loads it: ${reasonOf(cause)}`,
      { cause },
    );
  }
}

/** The adapter that jco has; the build makes an asset of it. */
const adapterUrl = new URL(
  "../../node_modules/@bytecodealliance/jco/lib/wasi_snapshot_preview1.reactor.wasm",
  import.meta.url,
);

async function loadAdapter(): Promise<Uint8Array> {
  const response = await fetch(adapterUrl);
  if (!response.ok) throw new PlaygroundError("internal", `The adapter of WASI preview 1: HTTP ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}

/** The tools throw errors that hold a text, and texts. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { payload } = cause as Error & { payload?: unknown };
  return typeof payload === "string" ? payload : cause.message;
}
