import type { FileMount } from "../../runtime/protocol.ts";
import type { CheckedApplication } from "./check.ts";
import { digestOf } from "./digest.ts";
import type { FileContent } from "./file-content.ts";

/** The files that an application mounts, as they are deployed. */
export interface DeployedMounts {
  /** By component id, without the time: digests by the path that the component sees. */
  digests: Record<string, FileMount["files"]>;
  /** By digest. */
  contents: Record<string, FileContent>;
}

/**
 * Gives the mounted files their digests. A file that is not there is left out: Wasm that runs already, but comes into the
 * workspace only after the first answer.
 */
export async function deployedMounts(
  { mounts }: Pick<CheckedApplication, "mounts">,
  files: Readonly<Record<string, FileContent>>,
): Promise<DeployedMounts> {
  const contents: Record<string, FileContent> = {};
  const digestOfFile = async (path: string): Promise<string | undefined> => {
    const content = files[path];
    if (content === undefined) return undefined;
    const digest = await digestOf(content);
    contents[digest] = content;
    return digest;
  };
  const deployed = Object.entries(mounts).map(async ([component, targets]) => {
    const named = Object.entries(targets).map(async ([target, path]) => [target, await digestOfFile(path)] as const);
    const present = (await Promise.all(named)).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return [component, Object.fromEntries(present)] as const;
  });
  return { digests: Object.fromEntries(await Promise.all(deployed)), contents };
}
