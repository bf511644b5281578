import { describe, expect, it } from "vitest";
import { JsonSyntaxError, parsePositionedJson, plainJson } from "./positioned-json.ts";

function offsetOfFault(text: string): number | undefined {
  try {
    parsePositionedJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.offset;
    throw error;
  }
  return undefined;
}

describe("positioned JSON", () => {
  it.each([
    "null",
    " true ",
    "-0.5e+3",
    '"\\u00e9 \\"x\\" \\\\ \u{1F600}"',
    "[]",
    "{}",
    '[1, [2, {"a": [false]}], "x"]\n',
    '{"a": {"b": null}, "a": 2, "__proto__": 3}',
  ])("reads %s as JSON.parse does", (text) => {
    expect(plainJson(parsePositionedJson(text))).toEqual(JSON.parse(text));
  });

  it.each([
    ["", 0],
    ["[1,]", 3],
    ["[1 2]", 3],
    ['{"a" 1}', 5],
    ["{a: 1}", 1],
    ['["a\nb"]', 1],
    ['["\\x"]', 1],
    ["[01]", 2],
    ["[1] x", 4],
    ["// no", 0],
    ["[".repeat(300), 201],
  ])("refuses %j at %d", (text, offset) => {
    expect(offsetOfFault(text)).toBe(offset);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  it("knows where each value and name begins", () => {
    expect(parsePositionedJson('{ "a": [1, "b"] }')).toEqual({
      kind: "object",
      offset: 0,
      members: [
        {
          key: "a",
          offset: 2,
          value: {
            kind: "array",
            offset: 7,
            items: [
              { kind: "scalar", offset: 8, value: 1 },
              { kind: "scalar", offset: 11, value: "b" },
            ],
          },
        },
      ],
    });
  });
});
