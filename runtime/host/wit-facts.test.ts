import { describe, expect, it } from "vitest";
import { candidates } from "../../tests/guests/candidate-wit.ts";
import { newestWasi, wasiPackages } from "../../tests/guests/world.ts";
import {
  compatibilityTrack,
  guestInterfaces,
  hostInterfaces,
  importMap,
  suspendingExports,
  suspendingImports,
} from "./wit-facts.ts";

describe("compatibilityTrack", () => {
  it.each([
    ["wasi:io/poll@0.2.0", "wasi:io/poll@0.2"],
    ["wasi:io/poll@0.2.10", "wasi:io/poll@0.2"],
    ["wasi:http/types@0.3.0", "wasi:http/types@0.3"],
    ["wasi:http/types@0.3.0-rc-2026-03-15", "wasi:http/types@0.3.0-rc-2026-03-15"],
    ["wasi:http/types@0.2.0-rc-2023-11-10", "wasi:http/types@0.2.0-rc-2023-11-10"],
    ["wasi:keyvalue/store@0.2.0-draft2", "wasi:keyvalue/store@0.2.0-draft2"],
    ["fermyon:spin/key-value@2.0.0", "fermyon:spin/key-value@2"],
    ["spin:postgres/postgres@4.1.0", "spin:postgres/postgres@4"],
    ["a:b/c@0.0.3", "a:b/c@0.0.3"],
    ["a:b/c@1.2.3+build", "a:b/c@1"],
    ["fermyon:spin/key-value", "fermyon:spin/key-value"],
  ])("%s is on the track %s", (name, track) => {
    expect(compatibilityTrack(name)).toBe(track);
  });
});

describe("suspendingImports", () => {
  it("carries the component's own versions, and leaves out what never waits", () => {
    expect(suspendingImports(["wasi:io/poll@0.2.3", "wasi:clocks/wall-clock@0.2.3", "who:knows/what@1.0.0"])).toEqual([
      "wasi:io/poll@0.2.3#poll",
      "wasi:io/poll@0.2.3#[method]pollable.block",
    ]);
  });

  it("knows nothing of an interface of another generation", () => {
    expect(suspendingImports(["wasi:io/poll@0.3.0", "wasi:io/poll@0.2.0-rc-2023-12-05"])).toEqual([]);
  });
});

it("names the exports that run the guest", () => {
  expect(suspendingExports(["wasi:http/incoming-handler@0.2.10", "other:export/x"])).toEqual([
    "wasi:http/incoming-handler@0.2.10#handle",
  ]);
});

it("maps every import to its track", () => {
  expect(importMap(["wasi:io/poll@0.2.10", "fermyon:spin/variables@2.0.0"])).toEqual([
    ["wasi:io/poll@0.2.10", "wasi:io/poll@0.2"],
    ["fermyon:spin/variables@2.0.0", "fermyon:spin/variables@2"],
  ]);
});

/** Functions of candidates that Spin links and that trap there: the table leaves them out. */
const unsupported = [
  "[method]output-stream.forward",
  ...["access-at", "change-file-permissions-at", "change-directory-permissions-at", "unlock"].map(descriptorMethod),
  ...["lock-shared", "lock-exclusive", "try-lock-shared", "try-lock-exclusive"].map(descriptorMethod),
];

function descriptorMethod(name: string): string {
  return `[method]descriptor.${name}`;
}

describe.each([newestWasi, ...candidates])("the table against the WIT of %s", (version) => {
  const published = wasiFunctions(version);
  const poll = compatibilityTrack(`wasi:io/poll@${version}`);

  it("has found the WIT", () => {
    const older = version.endsWith("10-18");
    expect(published.get(poll)).toEqual(
      older ? ["poll-list", "poll-one"] : ["[method]pollable.block", "[method]pollable.ready", "poll"],
    );
  });

  it.each([...published.keys()].filter((name) => !(name in guestInterfaces)))("%s: the same functions", (name) => {
    const facts = hostInterfaces[name];
    const supported = published.get(name)?.filter((fn) => !unsupported.includes(fn));
    expect([...(facts?.suspends ?? []), ...(facts?.immediate ?? [])].sort()).toEqual(supported);
  });

  it("has no interface that the WIT lacks", () => {
    const version = poll.slice(poll.lastIndexOf("@"));
    const known = Object.keys(hostInterfaces).filter((name) => name.startsWith("wasi:") && name.endsWith(version));
    expect(known.filter((name) => !published.has(name))).toEqual([]);
  });
});

/** Every function of WASI by interface, read out of its WIT. */
function wasiFunctions(version: string): Map<string, string[]> {
  const functions = new Map<string, string[]>();
  for (const wit of wasiPackages(version)) readPackage(wit, version, functions);
  // Functions behind a feature gate, and exports that a guest gives to the host, are no business of the table.
  for (const name of ["wasi:clocks/timezone", "wasi:cli/run"]) {
    functions.delete(compatibilityTrack(`${name}@${version}`));
  }
  return functions;
}

/** Enough of WIT for the published packages: interfaces, resources and functions, one declaration after the other. */
function readPackage(wit: string, version: string, functions: Map<string, string[]>): void {
  const declarations =
    /package ([\w:-]+)@|interface ([\w-]+) \{|resource ([\w-]+)( \{)?|^(\s*)%?([\w-]+): (static )?func|(constructor)\(|^\s*(\})/gm;
  let packageName = "";
  let resource: string | undefined;
  let current: string[] = [];
  for (const match of wit.replaceAll(/\/\/.*$/gm, "").matchAll(declarations)) {
    const [, packageMatch, interfaceName, resourceName, opens, , fn, isStatic, constructor, closes] = match;
    if (packageMatch !== undefined) packageName = packageMatch;
    else if (interfaceName !== undefined)
      functions.set(compatibilityTrack(`${packageName}/${interfaceName}@${version}`), (current = []));
    else if (resourceName !== undefined) resource = opens === undefined ? resource : resourceName;
    else if (constructor !== undefined) current.push(`[constructor]${resource}`);
    else if (closes !== undefined) resource = undefined;
    else if (fn !== undefined) current.push(resource ? `[${isStatic ? "static" : "method"}]${resource}.${fn}` : fn);
  }
  for (const [name, list] of functions) functions.set(name, list.sort());
}
