import { PlaygroundError } from "../../../runtime/errors.ts";
import type { PackProgress } from "../../toolchain.ts";
import { packFileUrl } from "../pack-manifest.ts";
import type { PackManifest } from "../pack-manifest.ts";

type OnProgress = (progress: PackProgress) => void;

/**
 * Fetches the files of the pack, each once. A file that could not be fetched is asked for again at the next call; all
 * failures are `pack-unavailable`.
 */
export class PackLoader {
  readonly #base: string;
  readonly #fetch: typeof fetch;
  readonly #files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  #manifest: Promise<PackManifest> | undefined;
  /** Bytes got and expected of all downloads so far, so that progress counts over files that load together. */
  #loaded = 0;
  #total = 0;

  /** @param base Address of the pack's folder, with a slash at the end. */
  constructor(base: string, fetchFile: typeof fetch = (input, init) => fetch(input, init)) {
    this.#base = base;
    this.#fetch = fetchFile;
  }

  manifest(): Promise<PackManifest> {
    this.#manifest ??= this.#request(`${this.#base}manifest.json`)
      .then((response) => response.json() as Promise<PackManifest>)
      .catch((cause: unknown) => {
        this.#manifest = undefined;
        throw unavailable("manifest.json", cause);
      });
    return this.#manifest;
  }

  async bytes(name: string, onProgress?: OnProgress): Promise<Uint8Array<ArrayBuffer>> {
    const manifest = await this.manifest();
    let file = this.#files.get(name);
    if (!file) {
      file = this.#download(manifest, name, onProgress).catch((cause: unknown) => {
        this.#files.delete(name);
        // The manifest may be older than the deployment: read it anew with the next try.
        this.#manifest = undefined;
        throw unavailable(name, cause);
      });
      this.#files.set(name, file);
    }
    return file;
  }

  async json<Type>(name: string, onProgress?: OnProgress): Promise<Type> {
    return JSON.parse(new TextDecoder().decode(await this.bytes(name, onProgress))) as Type;
  }

  /** Lets go of a file's bytes; asked for again, it comes from the browser's cache. */
  forget(name: string): void {
    this.#files.delete(name);
  }

  async #download(manifest: PackManifest, name: string, onProgress?: OnProgress): Promise<Uint8Array<ArrayBuffer>> {
    const expected = manifest.files[name]?.size ?? 0;
    const response = await this.#request(packFileUrl(manifest, this.#base, name));
    this.#total += expected;
    const chunks: Uint8Array[] = [];
    let size = 0;
    if (response.body) {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        chunks.push(chunk);
        size += chunk.length;
        this.#loaded += chunk.length;
        onProgress?.({ pack: "javascript", loaded: this.#loaded, total: this.#total });
      }
    }
    if (size !== expected) {
      this.#loaded -= size;
      this.#total -= expected;
      throw new Error(`${size} bytes came instead of ${expected}`);
    }
    const bytes = new Uint8Array(size);
    let position = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, position);
      position += chunk.length;
    }
    return bytes;
  }

  async #request(url: string): Promise<Response> {
    const response = await this.#fetch(url);
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    return response;
  }
}

function unavailable(file: string, cause: unknown): PlaygroundError {
  if (cause instanceof PlaygroundError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PlaygroundError("pack-unavailable", `The JavaScript pack's ${file} could not be fetched: ${reason}.`, {
    cause,
  });
}
