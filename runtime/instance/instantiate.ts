import type { MemoryImage, PreparedComponent } from "../component/prepared.ts";
import { shellMemory } from "../component/shell.ts";
import { PlaygroundError } from "../errors.ts";
import type { InboundRequest, InboundResponse } from "../module/inbound-http.ts";
import type { Invocation } from "../module/invocation.ts";
import type { HostCalls } from "../host/host-calls.ts";
import type { AsyncHandler } from "../host/wasi-0.3/http-exchange.ts";
import { GlueTimers } from "./glue-timers.ts";
import { pageBytes, type MemoryPool, type PooledMemory } from "./memory-pool.ts";

/** The module that jco generates. */
export interface GlueModule {
  instantiate(
    getCoreModule: (file: string) => WebAssembly.Module,
    imports: Record<string, object>,
    instantiateCore: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance,
    hostCalls: HostCalls,
    timers: GlueTimers,
  ): Promise<Record<string, unknown>> | Record<string, unknown>;
  /** Where it notes host calls: what the numbers of the calls stand for. */
  readonly hostCallNames?: readonly string[];
}

/** What `wasi:http/incoming-handler` looks like from the host. A component does not see how its trigger calls it. */
export interface HttpHandler {
  handle(request: object, responseOut: object, invocation: Invocation): Promise<void>;
}

/** What `fermyon:spin/inbound-http` looks like from the host. */
export interface InboundHandler {
  handleRequest(request: InboundRequest): Promise<InboundResponse>;
}

export interface Instantiated {
  readonly handler: HttpHandler | InboundHandler | AsyncHandler;
  readonly timers: GlueTimers;
  /** Whether its memory was of an earlier instance, and is written over; `undefined` when the component has its own. */
  readonly memory: PooledMemory | undefined;
  /** The instance is over and ended well: its memory may serve another. */
  giveBack(): void;
}

export interface InstanceParts {
  /** The host interfaces, by compatibility track. */
  imports: Record<string, object>;
  hostCalls: HostCalls;
  /** The most that its memory may grow to. */
  memoryBytes: number;
  memories: MemoryPool;
}

/**
 * Makes a fresh instance of a component: new tables, new globals, a memory that holds nothing but the initial state, and
 * the given host interfaces. Nothing of an earlier instance is in it.
 */
export async function instantiate(
  component: PreparedComponent,
  glue: GlueModule,
  { imports, hostCalls, memoryBytes, memories }: InstanceParts,
): Promise<Instantiated> {
  const { image } = component;
  const main = image && component.modules[image.module];
  const maximumPages = image && maximumOf(image, memoryBytes);
  let memory: PooledMemory | undefined;
  const timers = new GlueTimers();
  const instance = await glue.instantiate(
    (file) => moduleOf(component, file),
    imports,
    (module, coreImports) => {
      if (image === undefined || maximumPages === undefined || module !== main)
        return new WebAssembly.Instance(module, coreImports);
      memory = memories.take(image, maximumPages);
      return instantiateShell(module, coreImports, image, memory.memory);
    },
    hostCalls,
    timers,
  );
  return {
    handler: instance[component.handler] as Instantiated["handler"],
    timers,
    memory,
    giveBack() {
      if (memory && image && maximumPages !== undefined) {
        memories.give(memory.memory, image.initialPages, maximumPages);
      }
      memory = undefined;
    },
  };
}

function moduleOf(component: PreparedComponent, file: string): WebAssembly.Module {
  const module = component.modules[file];
  if (!module) throw new PlaygroundError("internal", `The glue asks for ${file}, which the component does not have.`);
  return module;
}

/** The maximum is always set: a guest that grows without end fails by itself instead of taking the browser along. */
function maximumOf(image: MemoryImage, memoryBytes: number): number {
  const allowed = Math.floor(memoryBytes / pageBytes);
  if (image.initialPages > allowed) {
    throw new PlaygroundError(
      "limit-exceeded",
      `The component starts with ${image.initialPages * 64} KiB of memory; the limit is ${allowed * 64} KiB.`,
    );
  }
  return Math.min(image.maximumPages ?? allowed, allowed);
}

function instantiateShell(
  shell: WebAssembly.Module,
  imports: WebAssembly.Imports,
  image: MemoryImage,
  memory: WebAssembly.Memory,
): WebAssembly.Instance {
  const instance = new WebAssembly.Instance(shell, {
    ...imports,
    [shellMemory.module]: { [shellMemory.name]: memory },
  });
  for (const [name, value] of Object.entries(image.globals))
    (instance.exports[name] as WebAssembly.Global).value = value;
  return instance;
}
