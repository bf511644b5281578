import { loadBlob, storeBytes } from "../component/component-cache.ts";
import { PlaygroundError } from "../errors.ts";
import { mountedDigests } from "../mounted-digests.ts";
import type { Deployment } from "../protocol.ts";

type Files = Pick<Deployment, "mounts" | "contents">;

/**
 * The contents of mounted files, by digest. Those of the newest deployment are at hand as blobs, which the browser keeps
 * outside of this thread's memory; all that ran last are in Cache Storage too.
 */
export class MountedContents {
  /** With the use that held it last: what a newer deployment counts on must not be dropped by an older one. */
  readonly #held = new Map<string, { blob: Blob; use: number }>();
  #uses = 0;

  /** Digests of contents that are neither here nor given. Those that are here are held for the deployment. */
  async missing({ mounts, contents }: Files): Promise<string[]> {
    const use = ++this.#uses;
    const unknown = mountedDigests(mounts).map(async (digest) =>
      contents[digest] || (await this.#find(digest, use)) ? undefined : digest,
    );
    return (await Promise.all(unknown)).filter((digest) => digest !== undefined);
  }

  /** All contents of a deployment. What older ones held is let go. */
  async take({ mounts, contents }: Files): Promise<Record<string, Blob>> {
    const use = ++this.#uses;
    const found = mountedDigests(mounts).map(async (digest): Promise<[string, Blob]> => {
      const given = contents[digest];
      const blob = given ? this.#keep(digest, given, use) : await this.#find(digest, use);
      if (blob) return [digest, blob];
      throw new PlaygroundError("file-not-found", `The mounted file with the digest ${digest} is not here.`);
    });
    const blobs = Object.fromEntries(await Promise.all(found));
    for (const [digest, held] of this.#held) if (held.use < use) this.#held.delete(digest);
    return blobs;
  }

  #keep(digest: string, bytes: ArrayBuffer, use: number): Blob {
    const blob = new Blob([bytes]);
    this.#held.set(digest, { blob, use });
    // Not waited for: only a reload needs it.
    storeBytes(digest, blob).catch((error: unknown) =>
      console.warn("A mounted file could not be stored for the next visit:", error),
    );
    return blob;
  }

  async #find(digest: string, use: number): Promise<Blob | undefined> {
    const held = this.#held.get(digest);
    const blob = held?.blob ?? (await loadBlob(digest));
    if (blob) this.#held.set(digest, { blob, use: Math.max(use, this.#held.get(digest)?.use ?? 0) });
    return blob;
  }
}
