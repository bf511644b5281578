import type { MemoryImage } from "./prepared.ts";

/**
 * A component without its code, for a shell that is there already: what is its own is its state alone. A toolchain makes
 * such files for programs that it builds beforehand, so that a first visit neither fetches the code twice nor splits it.
 */
export interface PreparedFile {
  /** `shellDigest` of the component: which code, and which glue, the state belongs to. */
  shell: string;
  /** See `PreparedComponent`. */
  handler: string;
  imports: string[];
  image: Omit<MemoryImage, "module">;
}

interface Header extends Omit<PreparedFile, "image"> {
  initialPages: number;
  maximumPages?: number;
  /** Values in decimal: JSON has no 64-bit integers. `n` marks a bigint. */
  globals: Record<string, string>;
  /** Length of the image, and its parts that are not zero. */
  length: number;
  runs: [offset: number, length: number][];
}

/** Zeros between two runs that are not worth a run of their own, in bytes. */
const gap = 64;

/** Writes the file: length of the header (32-bit little-endian), header as JSON, the bytes of all runs. */
export function encodePreparedFile({ image, ...rest }: PreparedFile): Uint8Array<ArrayBuffer> {
  const runs = runsOf(image.bytes);
  const header: Header = {
    ...rest,
    initialPages: image.initialPages,
    ...(image.maximumPages === undefined ? {} : { maximumPages: image.maximumPages }),
    globals: Object.fromEntries(
      Object.entries(image.globals).map(([name, value]) => [
        name,
        typeof value === "bigint" ? `${value}n` : `${value}`,
      ]),
    ),
    length: image.bytes.length,
    runs,
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(4 + json.length + runs.reduce((sum, [, length]) => sum + length, 0));
  new DataView(file.buffer).setUint32(0, json.length, true);
  file.set(json, 4);
  let position = 4 + json.length;
  for (const [offset, length] of runs) {
    file.set(image.bytes.subarray(offset, offset + length), position);
    position += length;
  }
  return file;
}

/** Reads what `encodePreparedFile` wrote. */
export function decodePreparedFile(file: Uint8Array): PreparedFile {
  const headerLength = new DataView(file.buffer, file.byteOffset, 4).getUint32(0, true);
  const { initialPages, maximumPages, globals, length, runs, ...rest } = JSON.parse(
    new TextDecoder().decode(file.subarray(4, 4 + headerLength)),
  ) as Header;
  const bytes = new Uint8Array(length);
  let position = 4 + headerLength;
  for (const [offset, runLength] of runs) {
    bytes.set(file.subarray(position, position + runLength), offset);
    position += runLength;
  }
  return {
    ...rest,
    image: {
      bytes,
      initialPages,
      ...(maximumPages === undefined ? {} : { maximumPages }),
      globals: Object.fromEntries(
        Object.entries(globals).map(([name, text]) => [
          name,
          text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text),
        ]),
      ),
    },
  };
}

function runsOf(bytes: Uint8Array): [offset: number, length: number][] {
  const runs: [number, number][] = [];
  let start = -1;
  let last = -1;
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] === 0) continue;
    if (start >= 0 && index - last > gap) {
      runs.push([start, last + 1 - start]);
      start = index;
    } else if (start < 0) start = index;
    last = index;
  }
  if (start >= 0) runs.push([start, last + 1 - start]);
  return runs;
}
