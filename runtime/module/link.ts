import type { HostCalls } from "../host/host-calls.ts";
import { preview1 } from "../host/core-module-facts.ts";
import { type Preview1Functions, preview1Waits } from "../host/preview1.ts";
import { WitError } from "../host/wit-error.ts";
import type { CoreValue } from "./codec.ts";
import type { Guest } from "./guest.ts";
import type { HostFunction, HostFunctions } from "./host-function.ts";
import { type CoreImport, suspending } from "./jspi.ts";

/** A function that a module imports. */
export interface ImportName {
  module: string;
  name: string;
}

/** What a module's imports are linked to: each call is noted by its place in the list of imports. */
export interface LinkedHosts {
  preview1: Preview1Functions;
  /** By import module. */
  spin1: Readonly<Record<string, HostFunctions>>;
  guest: Guest;
  hostCalls: HostCalls;
}

/**
 * The object of imports for one instance. Names come of the module, and are used as keys of objects that have no prototype
 * and of tables that are asked for their own properties alone.
 */
export function linkImports(imports: readonly ImportName[], hosts: LinkedHosts): WebAssembly.Imports {
  const linked = new Map<string, Map<string, CoreImport>>();
  for (const [call, { module, name }] of imports.entries()) {
    const functions = linked.get(module) ?? new Map<string, CoreImport>();
    linked.set(module, functions.set(name, coreFunction(call, { module, name }, hosts)));
  }
  return Object.fromEntries(
    [...linked].map(([module, functions]) => [module, Object.fromEntries(functions)]),
  ) as WebAssembly.Imports;
}

function coreFunction(call: number, { module, name }: ImportName, hosts: LinkedHosts): CoreImport {
  const { hostCalls } = hosts;
  if (module === preview1) {
    const found = own(hosts.preview1, name) as CoreImport | undefined;
    if (found === undefined) return missing(module, name);
    return preview1Waits.has(name) ? suspending(notedWait(call, found, hostCalls)) : noted(call, found, hostCalls);
  }
  const found = own(own(hosts.spin1, module) ?? {}, name);
  return found === undefined ? missing(module, name) : lowered(call, found, hosts);
}

/** A function of Spin 1.0 as the guest calls it: with core parameters, and an address for what it returns. */
function lowered(call: number, imported: HostFunction, { guest, hostCalls }: LinkedHosts): CoreImport {
  const { parameters, result } = imported;
  const lift = (values: readonly CoreValue[]): { args: unknown[]; at: number } => {
    guest.begin();
    let at = 0;
    const args = parameters.map((codec) => {
      const value = codec.lift(guest, values, at);
      at += codec.flat;
      return value;
    });
    return { args, at: Number(values[at]) >>> 0 };
  };
  if (result === undefined) return noted(call, (...values) => imported.call(...lift(values).args), hostCalls);
  return suspending(async (...values) => {
    const entered = hostCalls.enter();
    try {
      const { args, at } = lift(values);
      const returned = (await imported.call(...args)) as { tag: string; val?: unknown };
      result.store(guest, at, returned);
      if (returned.tag === "err") hostCalls.fail(call, entered, new WitError(returned.val));
      else hostCalls.leave(call, entered);
    } catch (error) {
      hostCalls.fail(call, entered, error);
      throw error;
    }
  });
}

function noted(call: number, run: CoreImport, hostCalls: HostCalls): CoreImport {
  return (...values) => {
    const entered = hostCalls.enter();
    try {
      const returned = run(...values);
      hostCalls.leave(call, entered);
      return returned;
    } catch (error) {
      hostCalls.fail(call, entered, error);
      throw error;
    }
  };
}

function notedWait(call: number, run: CoreImport, hostCalls: HostCalls): CoreImport {
  return async (...values) => {
    const entered = hostCalls.enter();
    try {
      const returned = await run(...values);
      hostCalls.leave(call, entered);
      return returned;
    } catch (error) {
      hostCalls.fail(call, entered, error);
      throw error;
    }
  };
}

/** The check of modules refuses such imports; this is for one that was prepared by an engine of another version. */
function missing(module: string, name: string): CoreImport {
  return () => {
    throw new Error(`the host has no ${module}.${name}`);
  };
}

function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
