import { PlaygroundError } from "../errors.ts";
import { readSections, sectionId } from "./wasm/module.ts";
import type { Section } from "./wasm/module.ts";
import { WasmReader } from "./wasm/reader.ts";

/** What the custom sections of a core module tell of the tools that made it. */
export interface Producers {
  /** Of clang, as it is written: `16.0.0 (https://…)`. Rust has one, too, when wasi-libc was linked. */
  clang: string | undefined;
  /** Whether a `component-type` section says what component the module is the core of. */
  hasComponentType: boolean;
  /** Of the wit-bindgen that such a section names. */
  witBindgen: string | undefined;
}

/** Reads them. Never fails: what cannot be read in a custom section is as if it was not there, as for an engine. */
export function readProducers(bytes: Uint8Array, sections: readonly Section[]): Producers {
  const producers: Producers = { clang: undefined, hasComponentType: false, witBindgen: undefined };
  for (const { name, content } of customSections(bytes, sections)) {
    if (name === "producers") producers.clang ??= processedBy(content).get("clang");
    else if (name.startsWith("component-type")) {
      producers.hasComponentType = true;
      producers.witBindgen ??= witBindgenOf(content);
    }
  }
  return producers;
}

/** The section holds a component, behind a short header in its older form, and that has a section of its own. */
function witBindgenOf(content: Uint8Array): string | undefined {
  const start = magicAt(content);
  if (start < 0) return undefined;
  const nested = content.subarray(start);
  const sections = orWithout(() => readSections(nested), []);
  for (const { name, content: inner } of customSections(nested, sections)) {
    if (name !== "producers") continue;
    for (const [tool, version] of processedBy(inner)) if (tool.startsWith("wit-bindgen")) return version;
  }
  return undefined;
}

/** Most bytes before the component in a `component-type` section: a version, an encoding and the name of a world. */
const longestHeader = 1024;

function magicAt(content: Uint8Array): number {
  const last = Math.min(content.length - 8, longestHeader);
  for (let at = 0; at <= last; at++) {
    if (content[at] === 0 && content[at + 1] === 0x61 && content[at + 2] === 0x73 && content[at + 3] === 0x6d)
      return at;
  }
  return -1;
}

function* customSections(
  bytes: Uint8Array,
  sections: readonly Section[],
): Generator<{ name: string; content: Uint8Array }> {
  for (const { id, start, end } of sections) {
    if (id !== sectionId.custom) continue;
    const reader = new WasmReader(bytes, start, end);
    const name = orWithout(() => reader.name(), undefined);
    if (name !== undefined) yield { name, content: bytes.subarray(reader.position, end) };
  }
}

/** Tools and their versions of the field `processed-by` of a `producers` section (tool conventions, `ProducersSection`). */
function processedBy(content: Uint8Array): ReadonlyMap<string, string> {
  const tools = new Map<string, string>();
  const reader = new WasmReader(content);
  const read = (): void => {
    for (let fields = reader.u32(); fields > 0; fields--) {
      const field = reader.name();
      for (let values = reader.u32(); values > 0; values--) {
        const [tool, version] = [reader.name(), reader.name()];
        if (field === "processed-by") tools.set(tool, version);
      }
    }
  };
  orWithout(read, undefined);
  return tools;
}

function orWithout<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof PlaygroundError) return otherwise;
    throw error;
  }
}
