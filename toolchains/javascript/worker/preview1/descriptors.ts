/** File types of preview 1. */
export const filetype = { characterDevice: 2, directory: 3, regularFile: 4 } as const;

/** What a descriptor stands for. */
export interface OpenFile {
  type: number;
  /** Absolute; empty for standard input and output. */
  path: string;
  content: Uint8Array;
  /** Where the next read begins. */
  position: number;
  /** Set for a folder that is open from the start: its name for the program. */
  preopen?: Uint8Array;
}

const rootDescriptor = 3;

/** The descriptors of a program, and the files that it may read. A folder is there when a file lies below it. */
export class Descriptors {
  readonly #files: Map<string, Uint8Array>;
  readonly #open: Map<number, OpenFile>;
  #next = rootDescriptor + 1;

  /** @param files Absolute path to content. */
  constructor(standardInput: Uint8Array, files: Map<string, Uint8Array>) {
    this.#files = files;
    this.#open = new Map([
      [0, opened(filetype.characterDevice, "", standardInput)],
      [1, opened(filetype.characterDevice, "")],
      [2, opened(filetype.characterDevice, "")],
      [rootDescriptor, { ...opened(filetype.directory, "/"), preopen: new TextEncoder().encode("/") }],
    ]);
  }

  get(descriptor: number): OpenFile | undefined {
    return this.#open.get(descriptor);
  }

  /** Looks a path up, seen from a folder. `bad-folder`: the descriptor is not open. `missing`: nothing is there. */
  find(folder: number, path: string): OpenFile | "bad-folder" | "missing" {
    const base = this.#open.get(folder);
    if (!base) return "bad-folder";
    const absolute = normalise(`${base.path}/${path}`);
    const content = this.#files.get(absolute);
    if (content) return opened(filetype.regularFile, absolute, content);
    return this.#isFolder(absolute) ? opened(filetype.directory, absolute) : "missing";
  }

  /** Gives an entry its descriptor. */
  add(entry: OpenFile): number {
    const descriptor = this.#next;
    this.#next += 1;
    this.#open.set(descriptor, entry);
    return descriptor;
  }

  /** Returns whether it was open. */
  close(descriptor: number): boolean {
    return this.#open.delete(descriptor);
  }

  #isFolder(path: string): boolean {
    return path === "/" || [...this.#files.keys()].some((name) => name.startsWith(`${path}/`));
  }
}

function opened(type: number, path: string, content: Uint8Array = new Uint8Array()): OpenFile {
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
