import { PlaygroundError } from "../errors.ts";
import type { WasmReader } from "./wasm/reader.ts";

/** `importname'`: 0x00 or 0x01, name; 0x02 carries options, whose text `option` is told. */
export function externalName(reader: WasmReader, option?: (text: string) => void): string {
  const form = reader.byte();
  const name = reader.name();
  if (form === 2) {
    for (let left = reader.u32(); left > 0; left--) {
      reader.byte();
      const text = reader.name();
      option?.(text);
    }
  } else if (form > 2)
    throw new PlaygroundError("component-invalid", "The component uses a form of name that is not known here.");
  return name;
}

/** `externdesc`: core module, func, value, type, component, instance. */
export function skipExternalType(reader: WasmReader): void {
  const kind = reader.byte();
  if (kind === 0x00) {
    reader.byte();
    reader.u32();
  } else if (kind === 0x02) {
    if (reader.byte() === 0) reader.u32();
    else reader.s64();
  } else if (kind === 0x03) {
    if (reader.byte() === 0) reader.u32();
  } else if (kind === 0x01 || kind === 0x04 || kind === 0x05) reader.u32();
  else throw new PlaygroundError("component-invalid", "The component imports or exports something of unknown kind.");
}

/** `sortidx`: what kind of thing, and its index. */
export function skipSortIndex(reader: WasmReader): void {
  skipSort(reader);
  reader.u32();
}

/** `sort`: 0x00 is followed by a kind of the core's. */
export function skipSort(reader: WasmReader): void {
  if (reader.byte() === 0x00) reader.byte();
}
