import { WitError } from "./wit-error.ts";

/** Cases of `wasi:filesystem/types.error-code` that a read-only mount answers with. */
export type FileErrorCode =
  | "bad-descriptor"
  | "invalid"
  | "name-too-long"
  | "no-entry"
  | "not-directory"
  | "not-permitted"
  | "unsupported";

/** The `err` of a filesystem function. */
export function fileFailure(code: FileErrorCode): WitError<FileErrorCode> {
  return new WitError(code);
}

/** Why a stream of a file failed. `filesystem-error-code` gets the code out of the stream's error. */
export class FileStreamError extends Error {
  override readonly name = "FileStreamError";
  readonly code: FileErrorCode;

  constructor(code: FileErrorCode) {
    super(`the file could not be read: ${code}`);
    this.code = code;
  }
}
