import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { describe, expect, it } from "vitest";
import { PlaygroundError } from "../errors.ts";
import { classifyModule } from "./classify-module.ts";
import { classifyWasm } from "./classify-wasm.ts";
import { concatenate, name, section, unsigned } from "./wasm/writer.ts";

const memory = '(memory (export "memory") 1)';
const func = (exported: string): string => `(func (export "${exported}"))`;
const spin1 = [memory, ...["handle-http-request", "canonical_abi_realloc", "canonical_abi_free"].map(func)].join(" ");
const command = `${memory} ${func("_start")}`;

const module = (fields: string): Promise<Uint8Array> => parse(`(module ${fields})`);
const refusal = async (bytes: Uint8Array | Promise<Uint8Array>): Promise<string> => {
  const given = await bytes;
  try {
    classifyModule(given);
  } catch (error) {
    if (error instanceof PlaygroundError && error.code === "component-invalid") return error.message;
    throw error;
  }
  return "taken";
};

/** A custom section `producers` whose field `processed-by` has this one tool. */
const producers = (tool: string, version: string): Uint8Array =>
  concatenate(section(0, [name("producers"), 1, name("processed-by"), 1, name(tool), name(version)]));
const component = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);

async function withClang(version: string): Promise<Uint8Array> {
  return concatenate([await module(command), producers("clang", version)]);
}

/** The core of a component, as wit-bindgen makes it; in the older form a header stands before the component. */
async function withComponentType(version: string, header = new Uint8Array()): Promise<Uint8Array> {
  const inner = concatenate([header, component, producers("wit-bindgen-rust", version)]);
  return concatenate([await module(spin1), ...section(0, [name("component-type:reactor"), inner])]);
}

describe("a core module", () => {
  it("of Spin 1.0 is known by its export, and needs the hosts behind what it imports", async () => {
    const imports = ["key-value", "open", "spin-config", "get-config", "wasi_snapshot_preview1", "fd_write"];
    const [a, b, c, d, e, f] = imports;
    const fields = `(import "${a}" "${b}" (func)) (import "${c}" "${d}" (func)) (import "${e}" "${f}" (func)) ${spin1}`;
    expect(classifyModule(await module(fields))).toEqual({
      kind: "spin-1",
      handler: "handle-http-request",
      imports: ["wasi_snapshot_preview1", "fermyon:spin/key-value@2.0.0", "fermyon:spin/variables@2.0.0"],
    });
  });

  it("of Spin 1.0 may have `_start`, too", async () => {
    expect(classifyModule(await module(`${spin1} ${func("_start")}`)).kind).toBe("spin-1");
  });

  it("with `_start` alone is a command", async () => {
    expect(classifyModule(await module(command))).toEqual({
      kind: "command",
      handler: "_start",
      imports: ["wasi_snapshot_preview1"],
    });
  });

  it.each([["0.5"], ["0.8.0"], ["0.41.0"]])(
    "with what wit-bindgen %s says of it is the core of a component",
    async (version) => {
      expect(classifyModule(await withComponentType(version))).toEqual({ kind: "component-core", witBindgen: version });
      const older = await withComponentType(version, Uint8Array.of(0, 0, 5, 0x77, 0x6f, 0x72, 0x6c, 0x64));
      expect(classifyModule(older)).toEqual({ kind: "component-core", witBindgen: version });
    },
  );

  it.each([["0.4.0"], ["1.0.0"], ["v0.2.4"], ["0.5.0.1"]])(
    "of wit-bindgen %s is refused as by Spin",
    async (version) => {
      expect(await refusal(withComponentType(version))).toContain(
        `cannot adapt modules created with wit-bindgen version ${version}`,
      );
    },
  );
});

describe("a command by clang", () => {
  it.each([
    ["15.0.6", true],
    ["14.0.7 (https://example.org)", true],
    ["15.0.6-wasi-sdk", true],
    ["15.0.7", false],
    ["16.0.0 extra", false],
    ["21.1.4-wasi-sdk (https://example.org)", false],
    ["unknown", false],
    ["9", false],
  ])("%s: refused is %s", async (version, isRefused) => {
    const message = await refusal(withClang(version));
    if (isRefused) {
      expect(message).toContain(
        "This Wasm module appears to have been compiled with wasi-sdk version <19 which contains a critical memory safety " +
          "bug. For more information, see: https://github.com/spinframework/spin/issues/2552",
      );
    } else expect(message).toBe("taken");
  });

  it("of Spin 1.0 may be by any", async () => {
    const bytes = concatenate([await module(spin1), producers("clang", "14.0.0")]);
    expect(classifyModule(bytes).kind).toBe("spin-1");
  });
});

describe("what cannot run", () => {
  it.each([
    ["", /exported nothing\. A component for HTTP/],
    [func("other"), /exported `other`/],
    [`${memory} ${func("handle-redis-message")}`, /Redis trigger/],
    [
      `${memory} ${func("cabi_realloc")} ${func("fermyon:spin/inbound-http#handle-request")}`,
      /`component-type`.* was stripped/,
    ],
    [`(import "wbg" "x" (func)) ${memory}`, /wasm-bindgen/],
    [`(import "gojs" "x" (func)) ${memory} ${func("run")}`, /GOOS=js/],
    [`${command} ${func("cabi_realloc")}`, /component-type/],
  ])("%s: says what Spin looked for, what was found, and what would fit", async (fields, reason) => {
    const message = await refusal(module(fields));
    expect(message).toContain("Expected component to export one of `wasi:http/incoming-handler@0.2.0-rc-2023-10-18`");
    expect(message).toMatch(reason);
  });

  it.each([
    [`(import "env" "f" (func)) ${command}`, "`env.f`, which Spin does not provide to commands. Imports from `env`"],
    [`(import "wasi_unstable" "fd_write" (func)) ${command}`, "first snapshot of WASI"],
    [`(import "key-value" "open" (func)) ${command}`, "`key-value.open`, which Spin does not provide to commands"],
    [
      `(import "key-value" "none" (func)) ${spin1}`,
      "`key-value.none`, which Spin does not provide to modules of Spin 1.0",
    ],
    [`(import "__proto__" "toString" (func)) ${spin1}`, "`__proto__.toString`"],
    [`(import "key-value" "open" (global i32)) ${spin1}`, "`key-value.open`"],
    [`(import "wasi_snapshot_preview1" "constructor" (func)) ${command}`, "`wasi_snapshot_preview1.constructor`"],
    [`(import "a\\22; alert(1) //" "\\0a*/ \\60" (func)) ${command}`, '`a"; alert(1) //.\n*/ ``'],
    [func("_start"), "no memory of its own"],
    [`(import "env" "memory" (memory 1)) ${command.replace(memory, "")}`, "no memory of its own"],
    [`(memory (export "memory") 1 2 shared) ${func("_start")}`, "no memory of its own"],
    [`${memory} ${func("handle-http-request")}`, "but not `canonical_abi_realloc`, `canonical_abi_free`"],
    [`(memory (export "memory") 1) (global (export "_start") i32 (i32.const 0))`, "It exported `memory`, `_start`"],
  ])("%s", async (fields, reason) => {
    expect(await refusal(module(fields))).toContain(reason);
  });

  it("is described in a message that can be read, whatever its names are", async () => {
    const long = "x".repeat(5_000);
    const many = Array.from({ length: 1_000 }, (_, index) => func(`${long}${index}`)).join(" ");
    expect((await refusal(module(many))).length).toBeLessThan(5_000);
    const imported = await refusal(module(`(import "${long}" "${long}" (func)) ${command}`));
    expect(imported.length).toBeLessThan(2_000);
  });
});

describe("hostile bytes", () => {
  /** A generator of the same numbers each time (Park and Miller). */
  let seed = 1;
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const classified = (bytes: Uint8Array): string => {
    try {
      return classifyWasm(bytes).kind;
    } catch (error) {
      if (error instanceof PlaygroundError) return error.code;
      throw error;
    }
  };

  it("of any mutation are of a kind, or invalid", async () => {
    const samples = [
      await module(spin1),
      await module(command),
      await withClang("16.0.0"),
      await withComponentType("0.8.0"),
    ];
    const outcomes = new Set<string>();
    for (const sample of samples) {
      for (let count = 0; count < 500; count++) {
        const bytes = sample.slice();
        for (let flips = random(4); flips >= 0; flips--) {
          const at = random(bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
        }
        outcomes.add(classified(random(3) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes));
      }
    }
    for (const outcome of outcomes)
      expect(["spin-1", "command", "component-core", "component", "component-invalid"]).toContain(outcome);
    expect(outcomes.size).toBeGreaterThan(3);
  });

  it.each([
    ["sections without end", (head: Uint8Array) => concatenate([head, new Uint8Array(4_000_000)])],
    [
      "a count of imports without imports",
      (head: Uint8Array) => concatenate([head, ...section(2, [unsigned(0xffff_ffff)])]),
    ],
    [
      "a count of exports without exports",
      (head: Uint8Array) => concatenate([head, ...section(7, [unsigned(0xffff_ffff)])]),
    ],
    ["a section that is longer than the file", (head: Uint8Array) => concatenate([head, 7, unsigned(0xffff_ffff)])],
  ])("with %s are invalid at once", (_what, make) => {
    expect(classified(make(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)))).toBe("component-invalid");
    expect(classified(make(component))).toBe("component-invalid");
  });
});
