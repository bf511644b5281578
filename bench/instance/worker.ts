import { locateMainCore } from "../../runtime/component/component-sections.ts";
import { prepareComponent } from "../../runtime/component/prepare.ts";
import type { PreparedComponent } from "../../runtime/component/prepared.ts";
import { generateGlue } from "../../runtime/component/transpile.ts";
import { noHostCalls } from "../../runtime/host/host-calls.ts";
import { createImports, loadHostInterfaces } from "../../runtime/host/registry.ts";
import { BindableContext } from "../../runtime/instance/bindable-context.ts";
import { instantiate, type GlueModule, type Instantiated } from "../../runtime/instance/instantiate.ts";
import { MemoryPool } from "../../runtime/instance/memory-pool.ts";
import { defaultLimits } from "../../runtime/protocol.ts";
import { testBackEnds } from "../../runtime/stores/back-ends-for-tests.ts";

export interface InstancePlan {
  /** Address of the component. */
  component: string;
  rounds: number;
  /** Instances made in one go: the clock of a worker has steps of a tenth of a millisecond. */
  perRound: number;
}

/** Milliseconds for one instance, the mean of each round. */
export interface InstanceSamples {
  /**
   * The component as it is, with the glue as jco generates it: a new memory for each instance, filled by the core module's
   * own data segments.
   */
  plain: number[];
  /** What the engine does when it makes an instance: the shell over a memory that an earlier instance had. */
  fast: number[];
  /** The engine's way when there is no memory to use again: after a guest that grew or trapped, and at first. */
  newMemory: number[];
  /** `plain` and `fast` without the glue: the main core module alone, over host functions that were made before. */
  plainCore: number[];
  fastCore: number[];
}

/**
 * Makes instances by the engine's own code, in a worker that does nothing else. The component is prepared as the engine
 * does it; for `plain` its main core module is put back as it was.
 */
async function measure({ component, rounds, perRound }: InstancePlan): Promise<InstanceSamples> {
  const response = await fetch(component);
  if (!response.ok) throw new Error(`${component}: ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const split = await prepareComponent(bytes, component, {});
  await loadHostInterfaces(split.imports);
  const whole = await withoutShell(split, bytes);
  const glue = await importGlue(split.glueUrl ?? "");
  const ownGlue = await importGlue(await ownGlueUrl(bytes));
  const core = await coreAlone(split, glue);
  const memories = new MemoryPool();
  // Never given anything, so that it has nothing to use again.
  const unused = new MemoryPool();
  const make = (of: PreparedComponent, by: GlueModule, from: MemoryPool): Promise<Instantiated> =>
    instantiate(of, by, {
      imports: by === core ? {} : createImports(of.imports, contextOf(of)),
      hostCalls: noHostCalls,
      memoryBytes: defaultLimits.memoryBytes,
      memories: from,
    });

  const samples: InstanceSamples = { plain: [], fast: [], newMemory: [], plainCore: [], fastCore: [] };
  for (let round = -1; round < rounds; round += 1) {
    const times: Record<keyof InstanceSamples, number> = {
      plain: await time(perRound, () => make(whole, ownGlue, memories)),
      newMemory: await time(perRound, () => make(split, glue, unused), { giveBack: false }),
      fast: await time(perRound, () => make(split, glue, memories)),
      plainCore: await time(perRound, () => make(whole, core, memories)),
      fastCore: await time(perRound, () => make(split, core, memories)),
    };
    // The first round makes the memory and warms the code.
    if (round < 0) continue;
    for (const name of Object.keys(times) as (keyof InstanceSamples)[]) samples[name].push(times[name]);
  }
  return samples;
}

/** Milliseconds for one of so many. */
async function time(count: number, make: () => Promise<Instantiated>, { giveBack = true } = {}): Promise<number> {
  // What was made before is left to the garbage collector; not all of it comes in this task.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const begin = performance.now();
  for (let left = count; left > 0; left -= 1) {
    const instance = await make();
    if (giveBack) instance.giveBack();
  }
  return (performance.now() - begin) / count;
}

async function importGlue(url: string): Promise<GlueModule> {
  return (await import(/* @vite-ignore */ url)) as GlueModule;
}

/** The glue as jco makes it. It is named as the engine names it, so that both ask for the core modules by the same names. */
async function ownGlueUrl(component: Uint8Array): Promise<string> {
  const { source } = await generateGlue(component, "component");
  return URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
}

/** In place of the glue: the main core module with the imports that the glue gave it once, and nothing around it. */
async function coreAlone(split: PreparedComponent, glue: GlueModule): Promise<GlueModule> {
  const file = split.image?.module ?? "";
  let coreImports: WebAssembly.Imports = {};
  const listening: GlueModule = {
    instantiate: (moduleOf, imports, instantiateCore, hostCalls, timers) =>
      glue.instantiate(
        moduleOf,
        imports,
        (module, given) => {
          if (module === split.modules[file]) coreImports = given;
          return instantiateCore(module, given);
        },
        hostCalls,
        timers,
      ),
  };
  await instantiate(split, listening, {
    imports: createImports(split.imports, contextOf(split)),
    hostCalls: noHostCalls,
    memoryBytes: defaultLimits.memoryBytes,
    memories: new MemoryPool(),
  });
  return {
    instantiate(moduleOf, _imports, instantiateCore) {
      instantiateCore(moduleOf(file), coreImports);
      return {};
    },
  };
}

function contextOf({ digest }: PreparedComponent): BindableContext {
  return new BindableContext({
    component: { id: digest, metadata: {}, source: { content_type: "application/wasm" } },
    variables: new Map(),
    files: undefined,
    backEnds: testBackEnds(),
    hosts: { entries: [], faults: [] },
    backedStores: ["default"],
    backedDatabases: ["default"],
    tcpServers: new Set(),
  });
}

async function withoutShell(prepared: PreparedComponent, bytes: Uint8Array<ArrayBuffer>): Promise<PreparedComponent> {
  const { image, ...rest } = prepared;
  const core = locateMainCore(bytes);
  if (!image || !core) throw new Error(`${prepared.digest} has no shell.`);
  const module = await WebAssembly.compile(bytes.slice(core.start, core.end));
  return { ...rest, modules: { ...prepared.modules, [image.module]: module } };
}

addEventListener("message", ({ data }: MessageEvent<InstancePlan>) => {
  measure(data).then(
    (samples) => postMessage(samples),
    (error: unknown) => postMessage({ failure: String(error) }),
  );
});
