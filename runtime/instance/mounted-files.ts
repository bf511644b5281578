import { PlaygroundError } from "../errors.ts";
import { buildFileTree, type DirectoryNode, type FileContent } from "../host/file-tree.ts";
import { mountedDigests } from "../mounted-digests.ts";
import type { PreparedApplication } from "../protocol.ts";

const mebibyte = 1024 * 1024;

/**
 * The mounted files of the applications of this worker. Contents are read once: an application that takes another's place
 * shares those that did not change.
 */
export class MountedFiles {
  readonly #limit: () => number;
  #read = new Map<string, FileContent>();

  /** @param limit Bytes that the files of one application may have together; `Limits.mountedBytes`. */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /** By component id, for those that mount files. Rejects with `limit-exceeded` when they are too much. */
  async load({
    mounts,
    contents,
  }: Pick<PreparedApplication, "mounts" | "contents">): Promise<Map<string, DirectoryNode>> {
    const digests = mountedDigests(mounts);
    const bytes = digests.reduce((sum, digest) => sum + (contents[digest]?.size ?? 0), 0);
    const limit = this.#limit();
    if (bytes > limit) {
      const message = `The files that the components mount have ${inMebibytes(bytes)} MiB together; the limit is ${inMebibytes(limit)} MiB (mountedBytes).`;
      throw new PlaygroundError("limit-exceeded", message);
    }
    const read = new Map(await Promise.all(digests.map((digest) => this.#content(digest, contents[digest]))));
    this.#read = read;
    return new Map(
      Object.entries(mounts).map(([component, { files, time }]) => {
        const tree = Object.entries(files).map(([path, digest]): [string, FileContent] => [path, known(read, digest)]);
        return [component, buildFileTree(new Map(tree), time)];
      }),
    );
  }

  async #content(digest: string, blob: Blob | undefined): Promise<[string, FileContent]> {
    const content = this.#read.get(digest);
    if (content) return [digest, content];
    if (!blob) throw missing(digest);
    return [digest, { digest, bytes: new Uint8Array(await blob.arrayBuffer()) }];
  }
}

function known(contents: ReadonlyMap<string, FileContent>, digest: string): FileContent {
  const content = contents.get(digest);
  if (!content) throw missing(digest);
  return content;
}

function missing(digest: string): PlaygroundError {
  return new PlaygroundError(
    "internal",
    `The mounted file with the digest ${digest} did not come with the application.`,
  );
}

function inMebibytes(bytes: number): string {
  return (bytes / mebibyte).toFixed(1).replace(/\.0$/, "");
}
