import type { InstanceContext } from "../host/context.ts";
import type { BackEnds } from "../stores/back-ends.ts";
import { NotedHostCalls, noHostCalls } from "../host/host-calls.ts";
import { createImports } from "../host/registry.ts";
import type { Limits } from "../protocol.ts";
import type { LoadedComponent } from "./application.ts";
import { BindableContext, type RequestPart } from "./bindable-context.ts";
import type { GlueTimers } from "./glue-timers.ts";
import { instantiate, type Instantiated } from "./instantiate.ts";
import { MemoryPool } from "./memory-pool.ts";

/** An instance that serves one request. */
export interface RequestInstance {
  readonly handler: Instantiated["handler"];
  /** What the tasks of a guest of WASI 0.3 run on. */
  readonly timers: GlueTimers;
  readonly context: InstanceContext;
  /** The host calls that it makes; missing when they are not noted. */
  readonly hostCalls: NotedHostCalls | undefined;
  /** How it came about, for the trace. */
  readonly origin: "made ahead" | "recycled memory" | "new memory";
  /** To be called when the request is over and the guest has returned well; never after a trap or an early end. */
  giveBack(): void;
}

export interface InstancesOptions {
  backEnds: BackEnds;
  /** Those in force now. */
  limits: () => Pick<Limits, "memoryBytes" | "hostCallSpans">;
  /** Calls back when the worker has nothing else to do. */
  whenIdle: (work: () => void) => void;
}

/** An instance that no request has seen. */
interface Unused {
  instance: Instantiated;
  context: BindableContext;
  hostCalls: NotedHostCalls | undefined;
  /** The limit it was made with. */
  memoryBytes: number;
}

/** Instances made ahead for one component: one is used while the next is made, and one more for a second caller. */
const aheadPerComponent = 2;
/** Instances made ahead in this worker. Each holds a Wasm memory, of which a renderer has about 124. */
const aheadAtAll = 4;

/**
 * Makes the instances of this worker's requests: one for each, used once. Those of components that were asked before are
 * made ahead, while nothing else is to be done, so that a request does not wait for its instance.
 */
export class Instances {
  readonly #options: InstancesOptions;
  readonly #memories = new MemoryPool();
  /** By component, the one used last at the end. */
  readonly #ahead = new Map<LoadedComponent, Unused[]>();
  #isIdleAwaited = false;

  constructor(options: InstancesOptions) {
    this.#options = options;
  }

  /** An instance that was never used, with this request. Rejects as `instantiate` does. */
  async take(component: LoadedComponent, request: RequestPart): Promise<RequestInstance> {
    const unused = this.#takeAhead(component);
    const { instance, context, hostCalls } = unused ?? (await this.#make(component));
    context.bind(request);
    const origin = unused ? "made ahead" : instance.memory?.isRecycled ? "recycled memory" : "new memory";
    const { handler, timers } = instance;
    return { handler, timers, context, hostCalls, origin, giveBack: () => instance.giveBack() };
  }

  /** Requests for these components will come: instances of them are made when the worker is idle, and of no others. */
  expect(components: Iterable<LoadedComponent>): void {
    this.#ahead.clear();
    for (const component of components) if (mayBeAhead(component)) this.#ahead.set(component, []);
    this.#refill();
  }

  #takeAhead(component: LoadedComponent): Unused | undefined {
    const waiting = this.#ahead.get(component);
    if (!waiting) return undefined;
    const memoryBytes = this.#memoryBytes(component);
    // Those made under another limit may grow too far, or not far enough.
    const unused = waiting.findLast((entry) => entry.memoryBytes === memoryBytes);
    this.#ahead.delete(component);
    this.#ahead.set(
      component,
      waiting.filter((entry) => entry !== unused && entry.memoryBytes === memoryBytes),
    );
    this.#refill();
    return unused;
  }

  #memoryBytes({ maxMemoryBytes }: LoadedComponent): number {
    return Math.min(this.#options.limits().memoryBytes, maxMemoryBytes);
  }

  async #make(component: LoadedComponent): Promise<Unused> {
    const { locked, variables, files, hosts, backedStores, backedDatabases, tcpServers, prepared, glue } = component;
    const { hostCallSpans } = this.#options.limits();
    const memoryBytes = this.#memoryBytes(component);
    const context = new BindableContext({
      component: locked,
      variables,
      files,
      hosts: "ask" in hosts ? hosts.known : hosts,
      backedStores,
      backedDatabases,
      tcpServers,
      backEnds: this.#options.backEnds,
    });
    const { hostCallNames } = glue;
    const hostCalls = hostCallNames && hostCallSpans > 0 ? new NotedHostCalls(hostCallNames, hostCallSpans) : undefined;
    const instance = await instantiate(prepared, glue, {
      imports: createImports(prepared.imports, context),
      hostCalls: hostCalls ?? noHostCalls,
      memoryBytes,
      memories: this.#memories,
    });
    return { instance, context, hostCalls, memoryBytes };
  }

  #refill(): void {
    if (this.#isIdleAwaited || this.#next() === undefined) return;
    this.#isIdleAwaited = true;
    this.#options.whenIdle(() => {
      this.#isIdleAwaited = false;
      const component = this.#next();
      if (!component) return;
      this.#makeRoom();
      this.#make(component).then(
        (unused) => {
          this.#ahead.get(component)?.push(unused);
          this.#refill();
        },
        // The request that needs such an instance fails in the same way, and tells the person.
        () => this.#ahead.delete(component),
      );
    });
  }

  /** The component that lacks an instance and was used last; the first one of each comes before the second of any. */
  #next(): LoadedComponent | undefined {
    const lastFirst = [...this.#ahead].toReversed();
    const [last] = lastFirst;
    // When there are as many as may be, the component in use still gets one, in another's place.
    if (this.#count >= aheadAtAll) return last?.[1].length === 0 ? last[0] : undefined;
    for (let wanted = 1; wanted <= aheadPerComponent; wanted += 1) {
      const lacking = lastFirst.find(([, { length }]) => length < wanted);
      if (lacking) return lacking[0];
    }
    return undefined;
  }

  get #count(): number {
    return [...this.#ahead.values()].reduce((sum, { length }) => sum + length, 0);
  }

  #makeRoom(): void {
    if (this.#count < aheadAtAll) return;
    for (const unused of this.#ahead.values()) if (unused.pop()) return;
  }
}

/** An instance whose making runs code of the guest, or whose memory is not known here, may be made for a request alone. */
function mayBeAhead({ prepared: { image } }: LoadedComponent): boolean {
  return image !== undefined && !image.startsItself;
}
