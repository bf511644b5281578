import type { InstanceContext } from "./context.ts";
import type { HostInterfaces } from "./host-interface.ts";
import { Descriptor } from "./wasi-filesystem-descriptor.ts";
import { DirectoryEntryStream } from "./wasi-filesystem-entries.ts";
import { type FileErrorCode, FileStreamError } from "./wasi-filesystem-error.ts";
import type { IoError } from "./wasi-io-error.ts";

/** The path by which Spin preopens the directory with a component's files. */
const mountPath = "/";

const types = {
  Descriptor,
  DirectoryEntryStream,
  filesystemErrorCode: ({ cause }: IoError): FileErrorCode | undefined =>
    cause instanceof FileStreamError ? cause.code : undefined,
};

/**
 * `wasi:filesystem` as Spin gives it: one read-only directory, `/`, with what the component's `files` name; no directory
 * at all for a component without `files`. Native Spin can be told to let components write (`--allow-transient-write`).
 */
export const wasiFilesystem: HostInterfaces = {
  "wasi:filesystem/types@0.2": () => types,
  "wasi:filesystem/preopens@0.2": (context: InstanceContext) => ({
    getDirectories: (): [Descriptor, string][] =>
      context.files === undefined ? [] : [[new Descriptor(context.files, context), mountPath]],
  }),
};
