import { PlaygroundError } from "../../../runtime/errors.ts";
import type { BuildRequest, BuildResult, Toolchain } from "../../../toolchains/toolchain.ts";
import { digestOf } from "../digest.ts";

/** How a fake build ends; `wasm` is text here, so that tests can read what runs. */
export type FakeResult = { wasm: string; warning?: string; sourceMap?: string; read?: string[] } | { error: string };

/**
 * A toolchain that knows commands beginning with `npm`. By default it takes `src/index.ts` below the working directory
 * as the Wasm, and fails with what follows `error:` in it; `onBuild` may do otherwise, and wait.
 */
export interface FakeToolchain extends Toolchain {
  readonly requests: BuildRequest[];
  prepared: number;
  onBuild: (request: BuildRequest, signal?: AbortSignal) => FakeResult | Promise<FakeResult>;
}

export function createFakeToolchain(): FakeToolchain {
  const fake: FakeToolchain = {
    id: "fake",
    requests: [],
    prepared: 0,
    onBuild: (request) => {
      const path = request.workdir === "" ? "src/index.ts" : `${request.workdir}/src/index.ts`;
      const source = request.files[path];
      const text = typeof source === "string" ? source : "";
      return text.startsWith("error:") ? { error: text.slice(6) } : { wasm: text, read: [path] };
    },
    recognises: ({ command }) => command.startsWith("npm"),
    prepare(onProgress) {
      fake.prepared += 1;
      onProgress?.({ pack: "fake", loaded: 1, total: 1 });
      return Promise.resolve();
    },
    async build(request, signal) {
      fake.requests.push(request);
      const result = await fake.onBuild(request, signal);
      if (signal?.aborted === true) throw new PlaygroundError("build-superseded", "A newer edit came.");
      return toBuildResult(result);
    },
  };
  return fake;
}

async function toBuildResult(result: FakeResult): Promise<BuildResult> {
  const milliseconds = { total: 5 };
  const diagnostic = (severity: "error" | "warning", message: string) => ({
    severity,
    code: "fake",
    message,
    file: "src/index.ts",
    line: 1,
  });
  if ("error" in result) return { ok: false, diagnostics: [diagnostic("error", result.error)], milliseconds };
  const wasm = new TextEncoder().encode(result.wasm);
  const { warning, sourceMap, read } = result;
  return {
    ok: true,
    wasm,
    digest: await digestOf(wasm),
    diagnostics: warning === undefined ? [] : [diagnostic("warning", warning)],
    milliseconds,
    ...(sourceMap === undefined ? {} : { sourceMap }),
    ...(read === undefined ? {} : { read }),
  };
}
