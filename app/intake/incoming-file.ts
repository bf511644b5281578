import { PlaygroundError } from "../../runtime/errors.ts";

/** A file that somebody gives to the studio, before anything of it is read. */
export interface IncomingFile {
  /** Its path within what was given (a folder, a zip), or its name alone. Not checked. */
  readonly path: string;
  /** Bytes, as the giver says. */
  readonly size: number;
  /** When it was changed, as the giver says; milliseconds since 1970. */
  readonly modified?: number;
  /** Never gives more bytes than `size`; rejects with `file-invalid` when it cannot be read. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

const mebibyte = 1024 * 1024;

/** Most that is taken in at once. */
export const intakeLimits = {
  /** Bytes of one file, Wasm included. */
  fileBytes: 128 * mebibyte,
  /** Bytes of all files that are kept; of a zip, expanded. */
  totalBytes: 256 * mebibyte,
  /** Bytes of a zip as it lies. */
  zipBytes: 128 * mebibyte,
  /** Files that are kept. */
  files: 2_000,
  /** Files that are looked at, those left out included. */
  entries: 50_000,
} as const;

/** A file of the browser's. `path` is its name without one. */
export function incomingFile(file: File, path = file.name): IncomingFile {
  return {
    path,
    size: file.size,
    modified: file.lastModified,
    async bytes() {
      try {
        return new Uint8Array(await file.arrayBuffer());
      } catch (cause) {
        throw new PlaygroundError("file-invalid", `${path} cannot be read: it was changed or removed meanwhile.`, {
          cause,
        });
      }
    },
  };
}

/** Fails with `limit-exceeded` for a file that is too large to be taken in. Nothing of it is read for that. */
export function requireFileSize({ path, size }: Pick<IncomingFile, "path" | "size">): void {
  if (size > intakeLimits.fileBytes) throw tooMuch(`${path} has ${megabytes(size)}`, megabytes(intakeLimits.fileBytes));
}

/** `found` ends with an amount, as `limit` is one. */
export function tooMuch(found: string, limit: string): PlaygroundError {
  return new PlaygroundError("limit-exceeded", `${found}; the playground takes ${limit} at most. Nothing was changed.`);
}

export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / mebibyte).toLocaleString("en")} MiB`;
}
