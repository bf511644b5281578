import { describe, expect, it } from "vitest";
import { classifyWasm } from "../../runtime/component/classify-wasm.ts";
import { checkNames } from "../../runtime/component/safe-names.ts";
import { concatenate, unsigned } from "../../runtime/component/wasm/writer.ts";
import { PlaygroundError } from "../../runtime/errors.ts";
import { buildAsyncGuest } from "./build-async-guest.ts";
import { buildGuest } from "./build-guest.ts";

const mutations = 500;
/** Where the names and types of components lie is before their code and data, and after: one flip in two is in either. */
const edge = 6000;

/** Numbers from 0 up to `below`, the same in each run (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Outcome = "taken" | "refused";

/** Classifies and checks. Any failure but `component-invalid` with a message is thrown. */
function outcome(bytes: Uint8Array): Outcome {
  try {
    classifyWasm(bytes);
    checkNames(bytes);
    return "taken";
  } catch (error) {
    if (error instanceof PlaygroundError && error.code === "component-invalid" && error.message !== "")
      return "refused";
    throw error;
  }
}

function flipped(bytes: Uint8Array, below: (limit: number) => number): Uint8Array {
  const mutant = bytes.slice();
  for (let left = 1 + below(4); left > 0; left--) {
    const near = below(Math.min(edge, bytes.length));
    const place = [near, bytes.length - 1 - near, below(bytes.length)][below(3)] ?? 0;
    mutant[place] = (mutant[place] ?? 0) ^ (1 << below(8));
  }
  return mutant;
}

describe.each([
  ["WASI 0.2", () => buildGuest("echo")],
  ["WASI 0.3", () => buildAsyncGuest("hello")],
] as const)("a component of %s", (_what, build) => {
  it("is taken as it is", async () => {
    expect(outcome(await build())).toBe("taken");
  });

  it(`is refused by a typed error or taken with bits flipped (${mutations} times)`, async () => {
    const bytes = await build();
    const below = numbers(1);
    const outcomes = Array.from({ length: mutations }, () => outcome(flipped(bytes, below)));
    expect(new Set(outcomes)).toEqual(new Set<Outcome>(["refused", "taken"]));
  });

  it(`is refused by a typed error or taken where it is cut off (${mutations} times)`, async () => {
    const bytes = await build();
    const below = numbers(2);
    const outcomes = Array.from({ length: mutations }, () => outcome(bytes.subarray(0, below(bytes.length))));
    expect(outcomes.filter((one) => one === "refused").length).toBeGreaterThan(mutations / 2);
  });
});

describe("bytes that are no component", () => {
  const component = [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0];
  const module = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const section = (id: number, ...content: number[]): Uint8Array =>
    Uint8Array.of(...component, id, content.length, ...content);
  const many = [0xff, 0xff, 0xff, 0xff, 0x0f];

  it.each([
    ["nothing", Uint8Array.of()],
    ["one byte", Uint8Array.of(0)],
    ["half of the preamble", Uint8Array.from(component.slice(0, 6))],
    ["text", new TextEncoder().encode("spin_manifest_version = 2\n")],
    ["a megabyte of zeros", new Uint8Array(2 ** 20)],
    ["a megabyte of ones", new Uint8Array(2 ** 20).fill(0xff)],
    ["a section that says 4 GB", Uint8Array.of(...component, 1, ...many)],
    ["a vector that says 4 billion", section(7, ...many, 0x7f)],
    ["a name that says 4 GB", section(10, 1, 0, ...many)],
    ["a type that says 4 billion", section(7, 1, 0x6e, ...many)],
    ["a section of unknown kind", section(77)],
    ["a component in place of a core module", section(1, ...component)],
    ["a core module in place of a component", section(4, ...module)],
    ["more in a section than it says", section(7, 0, 0)],
    ["200,000 empty sections", concatenate([Uint8Array.from(component), new Uint8Array(400_000)])],
  ])("are refused: %s", (_what, bytes) => {
    expect(outcome(bytes)).toBe("refused");
    expect(() => checkNames(bytes)).toThrow(PlaygroundError);
  });

  it("are refused however deep they nest", () => {
    const nested: Uint8Array[] = [];
    let length = 0;
    for (let depth = 0; depth < 20_000; depth++) {
      const header = concatenate([Uint8Array.from(component), 4, unsigned(length)]);
      nested.push(header);
      length += header.length;
    }
    expect(() => checkNames(concatenate(nested.toReversed()))).toThrow("more than 50 deep");
    const within = (depth: number): Uint8Array =>
      concatenate(Array.from({ length: depth }, () => Uint8Array.of(0x42, 1, 1)));
    expect(() => checkNames(section(7, 1, ...within(40), 0x7f))).not.toThrow();
    const deep = within(20_000);
    const size = unsigned(deep.length + 1);
    expect(() => checkNames(concatenate([Uint8Array.from(component), 7, size, 1, deep]))).toThrow("more than 50 deep");
  });
});
