import type { FileErrorCode } from "./wasi-filesystem-error.ts";
import { WitError } from "./wit-error.ts";

/** Error numbers of WASI preview 1 that this host answers with. */
export const errno = {
  success: 0,
  badf: 8,
  inval: 28,
  mfile: 33,
  nametoolong: 37,
  noent: 44,
  notdir: 54,
  notsock: 57,
  notsup: 58,
  perm: 63,
  spipe: 70,
} as const;

export type Errno = (typeof errno)[keyof typeof errno];

const byCode: Record<FileErrorCode, Errno> = {
  "bad-descriptor": errno.badf,
  invalid: errno.inval,
  "name-too-long": errno.nametoolong,
  "no-entry": errno.noent,
  "not-directory": errno.notdir,
  "not-permitted": errno.perm,
  unsupported: errno.notsup,
};

/** What a call of a file answers: success, or the number of the WASI 0.2 error, as Spin's adapter has it. A trap passes. */
export function outcome(call: () => Errno | void): Errno {
  try {
    return call() ?? errno.success;
  } catch (error) {
    if (error instanceof WitError) return byCode[error.payload as FileErrorCode];
    throw error;
  }
}
