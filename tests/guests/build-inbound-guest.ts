import { readFileSync } from "node:fs";
import { join } from "node:path";
import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import { compileReactor, moduleManifest } from "./build-module.ts";
import { keptGuest } from "./kept-guest.ts";

/**
 * Guests of Spin 1.5: programs written for the ABI of Spin 1.0 (`c/NAME.c`), whose layouts are those of components, under the
 * names that components have for the same functions. So each must answer as it does as a module.
 */
export const inboundGuestNames = ["spin1-echo", "spin1-hosts", "spin1-large", "spin1-trap"] as const;

export type InboundGuestName = (typeof inboundGuestNames)[number];

/** Import modules and exports of Spin 1.0, and what they are in `fermyon:spin` without a version. */
const names: readonly (readonly [of10: string | RegExp, of15: string])[] = [
  ['IMPORT("wasi-outbound-http", "request")', 'IMPORT("fermyon:spin/http", "send-request")'],
  ['IMPORT("spin-config"', 'IMPORT("fermyon:spin/config"'],
  ['IMPORT("outbound-pg"', 'IMPORT("fermyon:spin/postgres"'],
  [/IMPORT\("outbound-(redis|mysql)"/g, 'IMPORT("fermyon:spin/$1"'],
  [/IMPORT\("(key-value|sqlite|llm)"/g, 'IMPORT("fermyon:spin/$1"'],
  ['EXPORT("handle-http-request")', 'EXPORT("fermyon:spin/inbound-http#handle-request")'],
  ['EXPORT("canonical_abi_realloc")', 'EXPORT("cabi_realloc")'],
];

const built = new Map<string, Promise<Uint8Array>>();

/** The guest as a component. It is built once per process. */
export function buildInboundGuest(name: InboundGuestName): Promise<Uint8Array> {
  const component = built.get(name) ?? build(name);
  built.set(name, component);
  return component;
}

/** The same as tools of the time left it: a core module that carries its types, of which Spin makes the component. */
export async function buildInboundCore(name: InboundGuestName): Promise<Uint8Array> {
  const binary = await compileReactor(name, (source) =>
    names.reduce((text, [of10, of15]) => text.replaceAll(of10, of15), source),
  );
  return componentEmbed({ binary, witSource: world(), world: "guest" });
}

/** An application with the guest on route `/...`, as `moduleProject` has one. */
export async function inboundGuestProject(name: InboundGuestName): Promise<Record<string, string | Uint8Array>> {
  return { ...moduleManifest(name), "app.wasm": await buildInboundGuest(name) };
}

/** The same with the core module, of which the engine has to make the component. */
export async function inboundCoreProject(name: InboundGuestName): Promise<Record<string, string | Uint8Array>> {
  return { ...moduleManifest(name), "app.wasm": await buildInboundCore(name) };
}

async function build(name: InboundGuestName): Promise<Uint8Array> {
  const core = await buildInboundCore(name);
  const adapter = readFileSync(
    join(import.meta.dirname, "../../node_modules/@bytecodealliance/jco/lib/wasi_snapshot_preview1.reactor.wasm"),
  );
  return keptGuest({ core: Buffer.from(core).toString("base64"), adapter: adapter.toString("base64") }, () =>
    componentNew(core, [["wasi_snapshot_preview1", new Uint8Array(adapter)]]),
  );
}

function world(): string {
  const interfaces = ["http", "config", "key-value", "sqlite", "redis", "postgres", "mysql", "llm"];
  return `package test:guests;
${readFileSync(join(import.meta.dirname, "wit/spin-1.wit"), "utf8")}
world guest {
  ${interfaces.map((name) => `import fermyon:spin/${name};`).join("\n  ")}
  export fermyon:spin/inbound-http;
}`;
}
