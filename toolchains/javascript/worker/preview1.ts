/**
 * The part of WASI preview 1 that the engine needs while it initialises: environment, standard input, standard output
 * and error, clocks, and files that can only be read. The numbers are the errno and filetype values of preview 1.
 */
const errno = { success: 0, badf: 8, noent: 44, spipe: 70 } as const;
const filetype = { characterDevice: 2, directory: 3, regularFile: 4 } as const;

/** `crypto.getRandomValues` gives no more at once. */
const maximumRandomBytes = 65_536;

export interface Preview1Options {
  environment: Record<string, string>;
  standardInput: string;
  /** Absolute path to text. The root folder is preopened. */
  files: Record<string, string>;
  /** Text written to standard output (1) or error (2). */
  onOutput(descriptor: number, text: string): void;
}

/** The engine ended itself (`proc_exit`): it does so when the script cannot be loaded or throws. */
export class EngineExit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`The engine ended itself with exit code ${code}.`);
    this.code = code;
  }
}

interface OpenFile {
  type: number;
  path: string;
  content: Uint8Array;
  position: number;
  preopen?: Uint8Array;
}

type Function32 = (...parameters: number[]) => number;

const encoder = new TextEncoder();

/** Makes the imports `wasi_snapshot_preview1`. `memory` is asked for at each call, since the instance comes later. */
export function preview1(options: Preview1Options, memory: () => ArrayBuffer): Record<string, unknown> {
  const files = new Map(Object.entries(options.files).map(([path, text]) => [path, encoder.encode(text)]));
  const environment = Object.entries(options.environment).map(([key, value]) => encoder.encode(`${key}=${value}\0`));
  const open = new Map<number, OpenFile>([
    [0, file(filetype.characterDevice, "", encoder.encode(options.standardInput))],
    [1, file(filetype.characterDevice, "")],
    [2, file(filetype.characterDevice, "")],
    [3, { ...file(filetype.directory, "/"), preopen: encoder.encode("/") }],
  ]);
  let nextDescriptor = 4;
  const decoders = new Map([1, 2].map((descriptor) => [descriptor, new TextDecoder()]));

  const view = () => new DataView(memory());
  const bytes = (start: number, length: number) => new Uint8Array(memory(), start, length);
  const pathAt = (start: number, length: number) => new TextDecoder().decode(bytes(start, length));
  const isFolder = (path: string) => path === "/" || [...files.keys()].some((name) => name.startsWith(`${path}/`));
  const vectors = (start: number, count: number): Uint8Array[] =>
    Array.from({ length: count }, (_, index) => {
      const entry = start + 8 * index;
      return bytes(view().getUint32(entry, true), view().getUint32(entry + 4, true));
    });

  const writeStat = (pointer: number, type: number, size: number): number => {
    bytes(pointer, 64).fill(0);
    view().setUint8(pointer + 16, type);
    view().setBigUint64(pointer + 24, 1n, true);
    view().setBigUint64(pointer + 32, BigInt(size), true);
    return errno.success;
  };
  const find = (path: string): OpenFile | undefined => {
    const content = files.get(path);
    if (content) return file(filetype.regularFile, path, content);
    return isFolder(path) ? file(filetype.directory, path) : undefined;
  };
  const relative = (descriptor: number, start: number, length: number): string | undefined => {
    const folder = open.get(descriptor);
    return folder && normalise(`${folder.path}/${pathAt(start, length)}`);
  };
  const writeList = (list: Uint8Array[], pointers: number, buffer: number): number => {
    let position = buffer;
    list.forEach((entry, index) => {
      view().setUint32(pointers + 4 * index, position, true);
      bytes(position, entry.length).set(entry);
      position += entry.length;
    });
    return errno.success;
  };
  const writeSizes = (list: Uint8Array[], count: number, size: number): number => {
    view().setUint32(count, list.length, true);
    view().setUint32(
      size,
      list.reduce((sum, entry) => sum + entry.length, 0),
      true,
    );
    return errno.success;
  };

  const functions: Record<string, Function32> = {
    args_get: () => errno.success,
    args_sizes_get: (count = 0, size = 0) => writeSizes([], count, size),
    environ_get: (pointers = 0, buffer = 0) => writeList(environment, pointers, buffer),
    environ_sizes_get: (count = 0, size = 0) => writeSizes(environment, count, size),
    clock_res_get: (_clock, pointer = 0) => {
      view().setBigUint64(pointer, 1000n, true);
      return errno.success;
    },
    fd_read: (descriptor = 0, start = 0, count = 0, result = 0) => {
      const from = open.get(descriptor);
      if (!from) return errno.badf;
      let total = 0;
      for (const target of vectors(start, count)) {
        const chunk = from.content.subarray(from.position, from.position + target.length);
        target.set(chunk);
        from.position += chunk.length;
        total += chunk.length;
      }
      view().setUint32(result, total, true);
      return errno.success;
    },
    fd_write: (descriptor = 0, start = 0, count = 0, result = 0) => {
      const decoder = decoders.get(descriptor);
      if (!decoder) return errno.badf;
      let total = 0;
      for (const chunk of vectors(start, count)) {
        options.onOutput(descriptor, decoder.decode(chunk, { stream: true }));
        total += chunk.length;
      }
      view().setUint32(result, total, true);
      return errno.success;
    },
    fd_close: (descriptor = 0) => (open.delete(descriptor) ? errno.success : errno.badf),
    fd_fdstat_get: (descriptor = 0, pointer = 0) => {
      const entry = open.get(descriptor);
      if (!entry) return errno.badf;
      bytes(pointer, 24).fill(0);
      view().setUint8(pointer, entry.type);
      // All rights of preview 1: they are checked by nobody here.
      view().setBigUint64(pointer + 8, 0x1fffffffn, true);
      view().setBigUint64(pointer + 16, 0x1fffffffn, true);
      return errno.success;
    },
    fd_fdstat_set_flags: () => errno.success,
    fd_filestat_get: (descriptor = 0, pointer = 0) => {
      const entry = open.get(descriptor);
      return entry ? writeStat(pointer, entry.type, entry.content.length) : errno.badf;
    },
    fd_prestat_get: (descriptor = 0, pointer = 0) => {
      const preopen = open.get(descriptor)?.preopen;
      if (!preopen) return errno.badf;
      view().setUint8(pointer, 0);
      view().setUint32(pointer + 4, preopen.length, true);
      return errno.success;
    },
    fd_prestat_dir_name: (descriptor = 0, pointer = 0, length = 0) => {
      const preopen = open.get(descriptor)?.preopen;
      if (!preopen) return errno.badf;
      bytes(pointer, length).set(preopen.subarray(0, length));
      return errno.success;
    },
    path_filestat_get: (descriptor = 0, _flags, start = 0, length = 0, pointer = 0) => {
      const path = relative(descriptor, start, length);
      if (path === undefined) return errno.badf;
      const entry = find(path);
      return entry ? writeStat(pointer, entry.type, entry.content.length) : errno.noent;
    },
    proc_exit: (code = 0) => {
      throw new EngineExit(code);
    },
    // Seeds of the engine's own hash tables; `Math.random` and `crypto` go to wasi:random instead.
    random_get: (start = 0, length = 0) => {
      for (let done = 0; done < length; done += maximumRandomBytes) {
        const chunk = new Uint8Array(Math.min(maximumRandomBytes, length - done));
        bytes(start + done, chunk.length).set(crypto.getRandomValues(chunk));
      }
      return errno.success;
    },
    sched_yield: () => errno.success,
  };
  return {
    ...functions,
    // These take 64-bit numbers, which come as bigint.
    clock_time_get: (clock: number, _precision: bigint, pointer: number): number => {
      const milliseconds = clock === 0 ? Date.now() : performance.now();
      view().setBigUint64(pointer, BigInt(Math.round(milliseconds * 1e6)), true);
      return errno.success;
    },
    fd_seek: (descriptor: number, offset: bigint, whence: number, result: number): number => {
      const entry = open.get(descriptor);
      if (!entry || entry.type !== filetype.regularFile) return errno.spipe;
      const base = whence === 1 ? entry.position : whence === 2 ? entry.content.length : 0;
      entry.position = base + Number(offset);
      view().setBigUint64(result, BigInt(entry.position), true);
      return errno.success;
    },
    path_open: (
      descriptor: number,
      _lookup: number,
      start: number,
      length: number,
      _openFlags: number,
      _rights: bigint,
      _inheriting: bigint,
      _flags: number,
      result: number,
    ): number => {
      const path = relative(descriptor, start, length);
      if (path === undefined) return errno.badf;
      const entry = find(path);
      if (!entry) return errno.noent;
      open.set(nextDescriptor, entry);
      view().setUint32(result, nextDescriptor, true);
      nextDescriptor += 1;
      return errno.success;
    },
  };
}

function file(type: number, path: string, content = new Uint8Array()): OpenFile {
  return { type, path, content, position: 0 };
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
