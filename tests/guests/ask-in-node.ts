import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { $init, generate } from "@bytecodealliance/jco-transpile/component";
import { componentInterface } from "../../runtime/component/component-sections.ts";
import { shellMemory, splitCore } from "../../runtime/component/shell.ts";
import { slimGlue } from "../../runtime/component/slim-glue.ts";
import { bytesSource } from "../../runtime/host/bytes-source.ts";
import { testContext } from "../../runtime/host/context-for-tests.ts";
import type { DirectoryNode } from "../../runtime/host/file-tree.ts";
import { NotedHostCalls, type HostCalls } from "../../runtime/host/host-calls.ts";
import { createExchange } from "../../runtime/host/http-exchange.ts";
import { createImports, loadHostInterfaces } from "../../runtime/host/registry.ts";
import { importMap } from "../../runtime/host/wit-facts.ts";
import type { HostCallTable } from "../../runtime/protocol.ts";

/** Most pages of 64 KiB that a guest's memory may have here. */
export const memoryPages = 64;

type InstantiateCore = (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance;

interface Glue {
  instantiate(
    getCoreModule: (file: string) => WebAssembly.Module,
    imports: Record<string, object>,
    instantiateCore: InstantiateCore,
    hostCalls: HostCalls,
  ): Record<string, { handle(request: object, outparam: object): void }>;
  readonly hostCallNames: readonly string[];
}

/** The response's status and body as far as they came, and what made the guest trap, if anything did. */
export interface Answer {
  status: number | undefined;
  text: string;
  trap: Error | undefined;
}

/** Told of the host calls of each request. */
export type SeeHostCalls = (table: HostCallTable | undefined) => void;

export type Ask = (pathWithQuery: string, body?: Uint8Array) => Promise<Answer>;

/**
 * A component over the engine's own host interfaces, in Node. Node 20 has no JSPI and the glue made here does without it,
 * so only requests for which the guest never waits can be answered.
 *
 * @param reuse one instance answers everything, as the engine never does; otherwise each request has its own
 * @param files what the component mounts
 */
export async function askableInNode(
  component: Uint8Array,
  { reuse = false, seeHostCalls, files }: { reuse?: boolean; seeHostCalls?: SeeHostCalls; files?: DirectoryNode } = {},
): Promise<Ask> {
  const { imports } = componentInterface(component);
  const { glue, cores } = await transpileWithoutJspi(component, imports);
  const moduleOf = (file: string): WebAssembly.Module => {
    const bytes = cores[file];
    if (!bytes) throw new Error(`The glue asks for ${file}, which is not there.`);
    const shell = splitCore(bytes);
    const module = new WebAssembly.Module(shell?.bytes ?? bytes);
    if (shell) shells.set(module, shell);
    return module;
  };
  const shells = new Map<WebAssembly.Module, NonNullable<ReturnType<typeof splitCore>>>();
  const instantiateCore: InstantiateCore = (module, given) => {
    const shell = shells.get(module);
    if (!shell) return new WebAssembly.Instance(module, given);
    const memory = new WebAssembly.Memory({ initial: shell.image.initialPages, maximum: memoryPages });
    new Uint8Array(memory.buffer).set(shell.image.bytes);
    const instance = new WebAssembly.Instance(module, {
      ...given,
      [shellMemory.module]: { [shellMemory.name]: memory },
    });
    for (const [name, value] of Object.entries(shell.image.globals))
      (instance.exports[name] as WebAssembly.Global).value = value;
    return instance;
  };

  await loadHostInterfaces(imports);
  let kept: ReturnType<Glue["instantiate"]> | undefined;
  return async (pathWithQuery, body = new Uint8Array()) => {
    const context = testContext({ files });
    const exchange = createExchange(context, {
      method: "GET",
      scheme: "HTTP",
      authority: "guest.test",
      pathWithQuery,
      headers: [],
      body: bytesSource(body),
    });
    let trap: Error | undefined;
    const hostCalls = new NotedHostCalls(glue.hostCallNames, 1_000);
    try {
      const instance = kept ?? glue.instantiate(moduleOf, createImports(imports, context), instantiateCore, hostCalls);
      if (reuse) kept = instance;
      const [handler] = Object.values(instance);
      handler?.handle(exchange.incomingRequest, exchange.responseOutparam);
    } catch (error) {
      trap = error as Error;
    }
    exchange.handlerDone(trap);
    seeHostCalls?.(hostCalls.table(0));
    const response = await exchange.response.catch(() => undefined);
    const bytes = response?.body.take(Number.MAX_SAFE_INTEGER) ?? new Uint8Array();
    return { status: response?.status, text: new TextDecoder().decode(bytes), trap };
  };
}

async function transpileWithoutJspi(
  component: Uint8Array,
  imports: readonly string[],
): Promise<{ glue: Glue; cores: Record<string, Uint8Array<ArrayBuffer>> }> {
  await $init;
  const { files } = generate(component, {
    name: "guest",
    instantiation: { tag: "sync" },
    map: importMap(imports),
    base64Cutoff: 0,
    noNodejsCompat: true,
    noTypescript: true,
  });
  const folder = await mkdtemp(join(tmpdir(), "spin-playground-guest-"));
  try {
    const file = join(folder, "guest.mjs");
    const source = new TextDecoder().decode(files.find(([name]) => name === "guest.js")?.[1]);
    const slim = slimGlue(source);
    if (slim === undefined) throw new Error("The glue has not the shape that the engine knows.");
    await writeFile(file, slim);
    const cores = files.filter(([name]) => name.endsWith(".wasm"));
    return {
      glue: (await import(pathToFileURL(file).href)) as Glue,
      cores: Object.fromEntries(cores.map(([name, bytes]) => [name, Uint8Array.from(bytes)])),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
