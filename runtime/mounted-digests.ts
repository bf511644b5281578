import type { FileMount } from "./protocol.ts";

/** Digests of all contents that these mounts name, each once. */
export function mountedDigests(mounts: Readonly<Record<string, FileMount>>): string[] {
  return [...new Set(Object.values(mounts).flatMap(({ files }) => Object.values(files)))];
}
