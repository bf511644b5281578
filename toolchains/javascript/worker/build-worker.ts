import { transfer } from "comlink";
import { PlaygroundError } from "../../../runtime/errors.ts";
import type { BuildRequest, BuildResult } from "../../toolchain.ts";
import { packFiles } from "../pack-manifest.ts";
import type { TextTree } from "../pack-manifest.ts";
import type { TemplateMetadata } from "../template-metadata.ts";
import type { BuildWorkerApi, OnProgress, Outcome, PrebuiltComponent } from "./api.ts";
import { bake } from "./bake.ts";
import { buildComponent } from "./build.ts";
import type { EsbuildBuild } from "./bundle.ts";
import { initialise } from "./initialise.ts";
import type { PackLoader } from "./pack-loader.ts";
import { decodeSnapshot } from "./snapshot.ts";
import { openTemplate, templateLayout } from "./template.ts";
import type { Template } from "./template.ts";

/** What the build worker does; it keeps the template, the packages and esbuild between builds. */
export class BuildWorker implements BuildWorkerApi {
  readonly #pack: PackLoader;
  #template: Promise<Template> | undefined;
  #esbuild: Promise<EsbuildBuild> | undefined;
  #warm: Promise<void> | undefined;
  #current = 0;

  constructor(pack: PackLoader) {
    this.#pack = pack;
  }

  prepare(onProgress?: OnProgress): Promise<Outcome<undefined>> {
    return outcome(async () => {
      await Promise.all([this.#prewarm(onProgress), this.#startEsbuild(onProgress), this.#packages(onProgress)]);
      return undefined;
    });
  }

  build(request: BuildRequest, onInitialise: () => void, onProgress?: OnProgress): Promise<Outcome<BuildResult>> {
    this.#current += 1;
    const mine = this.#current;
    return outcome(async () => {
      const [template, vendored, manifest, esbuild] = await Promise.all([
        this.#openTemplate(onProgress),
        this.#packages(onProgress),
        this.#pack.manifest(),
        this.#startEsbuild(onProgress),
      ]);
      const onStep = async (step: string) => {
        // Lets messages in that came meanwhile: a newer build, or the end of this one.
        await nextTask();
        if (mine !== this.#current) throw superseded();
        if (step === "initialise") onInitialise();
      };
      const tools = { esbuild, template, vendored, packages: manifest.packages, onStep };
      const result = await buildComponent(tools, request);
      return result.ok ? transfer(result, [result.wasm.buffer]) : result;
    });
  }

  cancel(): void {
    this.#current += 1;
  }

  loadPrebuilt(templateId: string, onProgress?: OnProgress): Promise<Outcome<PrebuiltComponent>> {
    return outcome(async () => {
      const manifest = await this.#pack.manifest();
      const prebuilt = manifest.prebuilt[templateId];
      if (!prebuilt) throw new PlaygroundError("file-not-found", `There is no template "${templateId}".`);
      const [template, file] = await Promise.all([
        this.#pack.bytes(packFiles.template, onProgress),
        this.#pack.bytes(prebuilt.file, onProgress),
      ]);
      this.#pack.forget(prebuilt.file);
      const { snapshot, sourceMap } = decodeSnapshot(file);
      const wasm = bake(templateLayout(template), snapshot);
      return transfer({ wasm, digest: prebuilt.digest, sourceMap }, [wasm.buffer]);
    });
  }

  #openTemplate(onProgress?: OnProgress): Promise<Template> {
    this.#template ??= Promise.all([
      this.#pack.bytes(packFiles.template, onProgress),
      this.#pack.json<TemplateMetadata>(packFiles.metadata, onProgress),
    ])
      .then(([component, metadata]) => openTemplate(component, metadata))
      .catch((error: unknown) => {
        this.#template = undefined;
        throw error;
      });
    return this.#template;
  }

  /** The engine's code is compiled lazily, function by function: a first run of nothing takes most of that away. */
  #prewarm(onProgress?: OnProgress): Promise<void> {
    this.#warm ??= this.#openTemplate(onProgress).then(
      (template) => void initialise(template, 'addEventListener("fetch", () => {});'),
      (error: unknown) => {
        this.#warm = undefined;
        throw error;
      },
    );
    return this.#warm;
  }

  #packages(onProgress?: OnProgress): Promise<TextTree> {
    return this.#pack.json<TextTree>(packFiles.packages, onProgress);
  }

  #startEsbuild(onProgress?: OnProgress): Promise<EsbuildBuild> {
    this.#esbuild ??= this.#loadEsbuild(onProgress).catch((error: unknown) => {
      this.#esbuild = undefined;
      throw error;
    });
    return this.#esbuild;
  }

  /** Its script is loaded with it, too: a prebuilt component needs neither. */
  async #loadEsbuild(onProgress?: OnProgress): Promise<EsbuildBuild> {
    const [{ build, initialize }, bytes] = await Promise.all([
      import("esbuild-wasm"),
      this.#pack.bytes(packFiles.esbuild, onProgress),
    ]);
    const wasmModule = await WebAssembly.compile(bytes);
    this.#pack.forget(packFiles.esbuild);
    await initialize({ wasmModule, worker: false });
    return build;
  }
}

function superseded(): PlaygroundError {
  return new PlaygroundError("build-superseded", "A newer build began.");
}

/** A message channel, since timers are held back in tabs that are not seen. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}

async function outcome<Type>(work: () => Promise<Type>): Promise<Outcome<Type>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof PlaygroundError) return { code: error.code, message: error.message };
    return { code: "internal", message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
