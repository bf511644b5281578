import type { HostInterfaces } from "./host-interface.ts";
import { refusingResource } from "./refusing-resource.ts";

const types = "wasi:filesystem/types@0.2";

/** No directory is preopened, so no guest ever gets hold of a descriptor; one made up is a bad descriptor. */
const filesystemTypes = {
  Descriptor: refusingResource(types, "descriptor", "bad-descriptor"),
  DirectoryEntryStream: refusingResource(types, "directory-entry-stream", "bad-descriptor"),
  /** No stream error of this host comes from a file. */
  filesystemErrorCode: () => undefined,
};

const preopens = { getDirectories: (): [object, string][] => [] };

/** `wasi:filesystem` without any file: opening a path fails in the guest's own library, as with native Spin and no `files`. */
export const wasiFilesystem: HostInterfaces = {
  [types]: () => filesystemTypes,
  "wasi:filesystem/preopens@0.2": () => preopens,
};
