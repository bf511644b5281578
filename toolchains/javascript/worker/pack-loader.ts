import { digestOf } from "../../../runtime/component/digest.ts";
import { PlaygroundError } from "../../../runtime/errors.ts";
import type { PackProgress } from "../../toolchain.ts";
import { packFile, packFileUrl } from "../pack-manifest.ts";
import type { PackManifest } from "../pack-manifest.ts";

type OnProgress = (progress: PackProgress) => void;

/**
 * Fetches the files of the pack, each once, and checks them against the manifest. A file that could not be fetched is asked
 * for again at the next call, past the browser's cache, since that may be what is broken. All failures are
 * `pack-unavailable`.
 */
export class PackLoader {
  /** Address of the pack's folder, with a slash at the end. */
  readonly base: string;
  readonly #fetch: typeof fetch;
  readonly #files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  readonly #values = new Map<string, Promise<unknown>>();
  readonly #failed = new Set<string>();
  #manifest: Promise<PackManifest> | undefined;
  /** Bytes got and expected of all downloads so far, so that progress counts over files that load together. */
  #loaded = 0;
  #total = 0;

  /** @param options `manifest`: as another loader of this pack has it already; `fetchFile`: for tests. */
  constructor(base: string, options: { manifest?: PackManifest | undefined; fetchFile?: typeof fetch } = {}) {
    this.base = base;
    this.#fetch = options.fetchFile ?? ((input, init) => fetch(input, init));
    if (options.manifest) this.#manifest = Promise.resolve(options.manifest);
  }

  manifest(): Promise<PackManifest> {
    this.#manifest ??= this.#request(`${this.base}manifest.json`)
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
        this.#failed.add(name);
        // The manifest may be older than the deployment: read it anew with the next try.
        this.#manifest = undefined;
        throw unavailable(name, cause);
      });
      this.#files.set(name, file);
    }
    return file;
  }

  /** The value of a JSON file, parsed once: whoever asks gets the same object, and must not change it. */
  json<Type>(name: string, onProgress?: OnProgress): Promise<Type> {
    let value = this.#values.get(name);
    if (!value) {
      value = this.bytes(name, onProgress)
        .then((bytes): unknown => JSON.parse(new TextDecoder().decode(bytes)))
        .finally(() => this.forget(name))
        .catch((error: unknown) => {
          this.#values.delete(name);
          throw error;
        });
      this.#values.set(name, value);
    }
    return value as Promise<Type>;
  }

  /** Lets go of a file's bytes; asked for again, it comes from the browser's cache. */
  forget(name: string): void {
    this.#files.delete(name);
  }

  async #download(manifest: PackManifest, name: string, onProgress?: OnProgress): Promise<Uint8Array<ArrayBuffer>> {
    const { size, hash } = packFile(manifest, name);
    const cache = this.#failed.has(name) ? "reload" : "default";
    const response = await this.#request(packFileUrl(manifest, this.base, name), { cache });
    const bytes = new Uint8Array(size);
    let got = 0;
    this.#total += size;
    try {
      for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        if (got + chunk.length <= size) bytes.set(chunk, got);
        got += chunk.length;
        this.#loaded += chunk.length;
        onProgress?.({ pack: "javascript", loaded: this.#loaded, total: this.#total });
      }
      if (got !== size) throw new Error(`${got} bytes came instead of ${size}`);
      if ((await digestOf(bytes)) !== `sha256:${hash}`) throw new Error("its bytes are not what the manifest names");
    } catch (error) {
      // What came of it does not count: the next try begins from nothing.
      this.#loaded -= got;
      this.#total -= size;
      throw error;
    }
    return bytes;
  }

  async #request(url: string, init?: RequestInit): Promise<Response> {
    const response = await this.#fetch(url, init);
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
