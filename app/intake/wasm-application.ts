import { classifyWasm, type WasmFacts } from "../../runtime/component/classify-wasm.ts";
import { type IncomingFile, requireFileSize } from "./incoming-file.ts";

/** Wasm that the engine can run, and by which executor of the HTTP trigger. */
export interface ReadWasm {
  /** The file's name. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  executor: Executor;
}

export type Executor = "http" | "wagi";

/** Reads a file and finds out how it answers requests. Rejects with `component-invalid`, saying what it is instead. */
export async function readWasm(file: IncomingFile): Promise<ReadWasm> {
  requireFileSize(file);
  const bytes = await file.bytes();
  const name = file.path.split("/").at(-1) ?? file.path;
  return { name, bytes, executor: executorOf(classifyWasm(bytes)) };
}

/** The one place that decides which executor a kind of Wasm gets: commands answer by WAGI, all others have a handler of HTTP. */
export function executorOf({ kind }: WasmFacts): Executor {
  return kind === "command" ? "wagi" : "http";
}

/**
 * An application of nothing but Wasm: a component of each file. A single one answers all requests, of several each those
 * below a route of its own name.
 */
export function wasmApplication(components: readonly ReadWasm[]): Record<string, string | Uint8Array<ArrayBuffer>> {
  const files: Record<string, string | Uint8Array<ArrayBuffer>> = {};
  const ids = new Set<string>();
  const parts = components.map(({ name, bytes, executor }) => {
    const id = freeId(componentId(name), ids);
    files[`${id}.wasm`] = bytes;
    const route = components.length === 1 ? "/..." : `/${id}/...`;
    return [
      "[[trigger.http]]",
      `route = "${route}"`,
      `component = "${id}"`,
      ...(executor === "wagi" ? ['executor = { type = "wagi" }'] : []),
      "",
      `[component.${id}]`,
      `source = "${id}.wasm"`,
      "",
    ].join("\n");
  });
  const [first = "application"] = ids;
  files["spin.toml"] = ["spin_manifest_version = 2", "", "[application]", `name = "${first}"`, "", ...parts].join("\n");
  return files;
}

/** A component id out of a file's name: kebab case, each word beginning with a letter (component model, `Explainer.md`). */
export function componentId(fileName: string): string {
  const words = fileName
    .replace(/\.wasm$/i, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => (/^[0-9]/.test(word) ? `v${word}` : word));
  return words.join("-").slice(0, 60).replace(/-$/, "") || "component";
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted}-v${count}`;
  taken.add(id);
  return id;
}
