import { describe, expect, it } from "vitest";
import { outcome, testContext, utf8 } from "./context-for-tests.ts";
import { camelCase } from "./refusing-resource.ts";
import { createImports, loadHostInterfaces, registry } from "./registry.ts";
import { GuestExit } from "./wasi-cli.ts";
import type { InputStream } from "./wasi-io-input-stream.ts";
import type { OutputStream } from "./wasi-io-output-stream.ts";
import type { InterfaceFacts } from "./interface-facts.ts";
import { compatibilityTrack, hostInterfaces } from "./wit-facts.ts";

await loadHostInterfaces(Object.keys(hostInterfaces));

/** A property of an interface, whatever it is. */
type Members = Record<string, unknown>;
const imported = (name: string, context = testContext()): Members =>
  createImports([name], context)[compatibilityTrack(name)] as Members;
const call = (members: Members, name: string, ...args: unknown[]): unknown =>
  (members[name] as (...args: unknown[]) => unknown)(...args);

describe("createImports", () => {
  it("gives each import under its compatibility track, whatever its patch version", () => {
    const names = ["wasi:io/poll@0.2.0", "wasi:http/types@0.2.12", "fermyon:spin/key-value@2.0.0"];
    expect(Object.keys(createImports(names, testContext()))).toEqual([
      "wasi:io/poll@0.2",
      "wasi:http/types@0.2",
      "fermyon:spin/key-value@2",
    ]);
  });

  it("has something for an interface that nobody provides, which fails when called", () => {
    const members = imported("who:knows/what@1.2.3");
    expect(() => call(members, "doIt")).toThrow(expect.objectContaining({ code: "host-interface-unavailable" }));
  });

  it("takes another generation of an interface for another interface", () => {
    const members = imported("wasi:io/poll@0.2.0-rc-2023-12-05");
    expect(() => call(members, "pollOneoff")).toThrow(expect.objectContaining({ code: "host-interface-unavailable" }));
  });
});

describe("the registry against the table of facts", () => {
  it("has every interface of the table, and no other", () => {
    expect(Object.keys(registry).sort()).toEqual(Object.keys(hostInterfaces).sort());
  });

  // Where no connection can ever be opened there are no methods either.
  const complete = Object.entries(hostInterfaces).filter(([name]) => !/^fermyon:spin\/(redis|mqtt|mysql)@/.test(name));
  it.each(complete)("%s: every function is there under jco's name", (name, facts) => {
    const members = registry[name]?.(testContext()) as Members;
    expect(missing(members, facts)).toEqual([]);
  });
});

/** Functions of the table that an interface lacks, by WIT name. */
function missing(members: Members, { suspends, immediate, asynchronous = [] }: InterfaceFacts): string[] {
  return [...suspends, ...immediate, ...asynchronous].filter((name) => {
    const [, kind, resource, method] = /^(?:\[(\w+)\]([\w-]+)(?:\.([\w-]+))?)?/.exec(name) ?? [];
    if (kind === undefined || resource === undefined) return typeof members[camelCase(name)] !== "function";
    const owner = members[camelCase(`-${resource}`)] as (Members & { prototype?: Members }) | undefined;
    if (kind === "constructor") return typeof owner !== "function";
    const holder = kind === "static" ? owner : owner?.prototype;
    // An interface may keep a class to itself and hand out objects that have the methods; those are tested elsewhere.
    if (holder === undefined) return false;
    return typeof holder[camelCase(method ?? "")] !== "function";
  });
}

describe("wasi:cli", () => {
  const component = {
    id: "c",
    metadata: {},
    source: { content_type: "application/wasm" as const },
    env: { GREETING: "hi", EMPTY: "" },
  };

  it("gives the component's environment, and no arguments", () => {
    const environment = imported("wasi:cli/environment@0.2.3", testContext({ component }));
    expect(call(environment, "getEnvironment")).toEqual([
      ["GREETING", "hi"],
      ["EMPTY", ""],
    ]);
    expect(call(environment, "getArguments")).toEqual([]);
    expect(call(environment, "initialCwd")).toBeUndefined();
  });

  it("sends stdout and stderr to the log, and has nothing on stdin", () => {
    const context = testContext();
    for (const stream of ["stdout", "stderr"] as const) {
      const members = imported(`wasi:cli/${stream}@0.2.3`, context);
      const out = call(members, stream === "stdout" ? "getStdout" : "getStderr") as OutputStream;
      expect(out.blockingWriteAndFlush(utf8(`to ${stream}`))).toBeUndefined();
    }
    expect(context.logged).toEqual({ stdout: "to stdout", stderr: "to stderr" });
    const stdin = call(imported("wasi:cli/stdin@0.2.3"), "getStdin") as InputStream;
    expect(outcome(() => stdin.read(1n))).toEqual({ err: { tag: "closed" } });
  });

  it("has no terminal", () => {
    expect(call(imported("wasi:cli/terminal-stdin@0.2.3"), "getTerminalStdin")).toBeUndefined();
  });

  it.each([
    ["exit", { tag: "ok" }, 0],
    ["exit", { tag: "err" }, 1],
    ["exitWithCode", 7, 7],
  ])("%s of %j unwinds the guest with status %d", (name, argument, status) => {
    const error = (() => {
      try {
        return call(imported("wasi:cli/exit@0.2.3"), name, argument);
      } catch (thrown) {
        return thrown; // The error is what the test is about.
      }
    })();
    expect(error).toBeInstanceOf(GuestExit);
    expect(error).toMatchObject({ status });
  });
});

describe("what a component calls as it likes", () => {
  it.each(["constructor", "__proto__", "toString"])("%s is no interface of the host", (name) => {
    const imports = createImports([name], testContext());
    expect(Object.keys(imports)).toEqual([name]);
    const [made] = Object.values(imports) as [{ call: () => void }];
    expect(() => made.call()).toThrow(`host interface ${name}, which the playground does not have`);
  });
});

describe("wasi:random", () => {
  const random = imported("wasi:random/random@0.2.3");

  it("gives as many bytes as asked for, beyond what one call of the browser gives", () => {
    const bytes = call(random, "getRandomBytes", 150_000n) as Uint8Array;
    expect(bytes).toHaveLength(150_000);
    expect(bytes.subarray(-1000).some((byte) => byte !== 0)).toBe(true);
  });

  it("gives 64 bits", () => {
    const numbers = Array.from({ length: 8 }, () => call(random, "getRandomU64") as bigint);
    expect(new Set(numbers).size).toBe(8);
    expect(numbers.some((number) => number > 2n ** 53n)).toBe(true);
  });
});
