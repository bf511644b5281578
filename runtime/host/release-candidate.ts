import type { HostInterfaces } from "./host-interface.ts";

/** The interfaces of 0.2 under a candidate's version, for those that are the same there or only grew since. */
export function underVersion(interfaces: HostInterfaces, version: string): HostInterfaces {
  const entries = Object.entries(interfaces);
  return Object.fromEntries(entries.map(([name, create]) => [name.replace(/@0\.2$/, `@${version}`), create]));
}

/**
 * A class under which the glue of a candidate knows the objects of another: they pass `instanceof`, so that what the host
 * makes needs no wrapping. `create` stands for the constructor, where guests may construct; `statics` are its own.
 */
export function facade(
  known: { readonly prototype: object },
  statics: Readonly<Record<string, unknown>>,
  create?: (...given: never[]) => object,
): object {
  const constructor = function (...given: never[]): object {
    if (create === undefined) throw new TypeError("This resource has no constructor.");
    return create(...given);
  };
  Object.defineProperty(constructor, "prototype", { value: known.prototype });
  return Object.assign(constructor, statics);
}

/** The failure of a function that Spin links and that traps there too. */
export function noLongerSupported(name: string): Error {
  return new Error(`${name} is a function of a release candidate of WASI 0.2 that Spin does not support any more`);
}
