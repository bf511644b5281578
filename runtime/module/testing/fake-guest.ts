import { NotedHostCalls } from "../../host/host-calls.ts";
import type { HostCallTable } from "../../protocol.ts";
import { Guest } from "../guest.ts";
import { linkImports } from "../link.ts";
import { createSpin1Imports } from "../spin1-imports.ts";

/** A module of Spin 1.0 in JavaScript: memory, an allocator that only goes up, and calls of imports as its code makes them. */
export class FakeGuest {
  readonly guest = new Guest();
  readonly memory = new WebAssembly.Memory({ initial: 4 });
  /** Address, size and alignment of what the host gave back. */
  readonly freed: [number, number, number][] = [];
  readonly #imports: WebAssembly.Imports;
  readonly #hostCalls: NotedHostCalls;
  #next = 64;

  /** `hosts`: host interfaces by compatibility track; `names`: the imports, as `module#name`. */
  constructor(hosts: Record<string, object>, names: string[]) {
    const { memory } = this;
    const allocate = (_old: number, _oldSize: number, align: number, size: number): number => {
      const at = Math.ceil(this.#next / align) * align;
      this.#next = at + size;
      return at;
    };
    const exports = {
      memory,
      canonical_abi_realloc: allocate,
      canonical_abi_free: (at: number, size: number, align: number) => void this.freed.push([at, size, align]),
    };
    this.#hostCalls = new NotedHostCalls(names, 100);
    const imports = names.map((text) => {
      const [module = "", name = ""] = text.split("#");
      return { module, name };
    });
    this.#imports = linkImports(imports, {
      preview1: {},
      spin1: createSpin1Imports(hosts),
      guest: this.guest,
      hostCalls: this.#hostCalls,
    });
    this.guest.attach({ exports });
  }

  /** Calls an import; a text is passed as address and length, and the address of the result after all. */
  async call(name: string, ...values: (number | bigint | string)[]): Promise<DataView> {
    const [module = "", item = ""] = name.split("#");
    const imported = this.#imports[module]?.[item] as (...core: (number | bigint)[]) => unknown;
    const core = values.flatMap((value) => (typeof value === "string" ? this.text(value) : [value]));
    const area = 4096 * 16;
    await imported(...core, area);
    return new DataView(this.memory.buffer, area);
  }

  /** Puts a text into memory. */
  text(text: string): [address: number, length: number] {
    const bytes = new TextEncoder().encode(text);
    return [this.guest.give(bytes), bytes.length];
  }

  /** The text that an address and a length at an offset of the view point to. */
  read(view: DataView, offset: number): string {
    return this.guest.memory.text(view.getUint32(offset, true), view.getUint32(offset + 4, true));
  }

  get calls(): HostCallTable | undefined {
    return this.#hostCalls.table(0);
  }
}
