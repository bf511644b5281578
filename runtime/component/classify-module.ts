import { PlaygroundError } from "../errors.ts";
import { moduleHandlers, preview1, preview1Functions, spin1Imports } from "../host/core-module-facts.ts";
import { listing, noHandler } from "./handler-messages.ts";
import { requireCanonicalAbi, requireSafeAllocator } from "./module-tools.ts";
import { moduleHint } from "./module-hints.ts";
import { readProducers } from "./producers.ts";
import { externalKind, readModule } from "./wasm/module.ts";
import type { ModuleInfo } from "./wasm/module.ts";

/** What Spin does with a core module (its `componentize` crate), and what of the host it needs. */
export type ModuleFacts =
  /** Of Spin 1.0: the ABI of wit-bindgen 0.2, called by its export `handle-http-request`. */
  | { kind: "spin-1"; handler: typeof spin1Handler; imports: string[] }
  /** A program that runs once for each request, by the WAGI executor. */
  | { kind: "command"; handler: typeof commandEntry; imports: string[] }
  /** The core of a component: Spin makes one of it, and runs that. `witBindgen` is the version that made it. */
  | { kind: "component-core"; witBindgen: string | undefined };

const { spin1: spin1Handler, command: commandEntry } = moduleHandlers;

/** Exports that the ABI of wit-bindgen 0.2 has: by them the host gives and takes memory. */
const spin1Allocator = ["canonical_abi_realloc", "canonical_abi_free"] as const;
/** By any of them Spin knows a module that has `_start` and is no command. */
const bindgenExports = ["cabi_realloc", "canonical_abi_realloc"];

/**
 * Finds out what a core module is, as Spin does when it loads one. Nothing of it is run or compiled, and its names are
 * compared and shown, never evaluated.
 *
 * Fails with `component-invalid` for a module that Spin would refuse, too, with the message that Spin has for it, what was
 * found instead, and what would help.
 */
export function classifyModule(bytes: Uint8Array): ModuleFacts {
  const info = readModule(bytes);
  const producers = readProducers(bytes, info.sections);
  if (producers.hasComponentType) {
    requireCanonicalAbi(producers.witBindgen);
    return { kind: "component-core", witBindgen: producers.witBindgen };
  }
  const has = (name: string, kind: number = externalKind.function): boolean =>
    info.exports.some((item) => item.name === name && item.kind === kind);
  if (has(commandEntry) && !bindgenExports.some((name) => has(name))) {
    requireSafeAllocator(producers.clang);
    requireMemory(info);
    return { kind: "command", handler: commandEntry, imports: hostInterfaces(info, false) };
  }
  if (!has(spin1Handler)) {
    throw invalid(`${noHandler(info.exports.map(({ name }) => name))} ${moduleHint(info)}`);
  }
  const missing = spin1Allocator.filter((name) => !has(name));
  if (missing.length > 0) {
    throw invalid(
      `The module exports \`${spin1Handler}\`, but not ${listing(missing)}, which modules of Spin 1.0 have. ${moduleHint(info)}`,
    );
  }
  requireMemory(info);
  return { kind: "spin-1", handler: spin1Handler, imports: hostInterfaces(info, true) };
}

/** The host gives each instance a memory of its own, with a maximum: the module must have one, plain, and export it. */
function requireMemory(info: ModuleInfo): void {
  const isExported = info.exports.some(({ name, kind }) => name === "memory" && kind === externalKind.memory);
  const [memory] = info.memories;
  if (isExported && info.memories.length === 1 && info.importedMemories === 0 && memory && memory.flags <= 1) return;
  throw invalid(
    "The module has no memory of its own that it exports as `memory`, or a shared, 64-bit or second one. Spin's adapter, and the playground, need exactly one plain memory.",
  );
}

/** Names of the host interfaces behind what the module imports. Fails for an import that Spin does not have. */
function hostInterfaces(info: ModuleInfo, isSpin1: boolean): string[] {
  const interfaces = new Set<string>([preview1]);
  for (const { module, name, kind } of info.imports) {
    const isFunction = kind === externalKind.function;
    const spin1 = isSpin1 && Object.hasOwn(spin1Imports, module) ? spin1Imports[module] : undefined;
    if (isFunction && module === preview1 && preview1Functions.has(name)) continue;
    if (isFunction && spin1?.functions.includes(name)) interfaces.add(spin1.provider);
    else {
      const what = listing([`${module}.${name}`]);
      const whose = isSpin1 ? "modules of Spin 1.0" : "commands";
      throw invalid(`The module imports ${what}, which Spin does not provide to ${whose}. ${moduleHint(info)}`);
    }
  }
  return [...interfaces];
}

function invalid(message: string): PlaygroundError {
  return new PlaygroundError("component-invalid", message.trim());
}
