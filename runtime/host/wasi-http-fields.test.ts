import { describe, expect, it } from "vitest";
import { outcome, text, utf8 } from "./context-for-tests.ts";
import { Fields, fieldValueFromByteString, fieldValueToByteString } from "./wasi-http-fields.ts";

const err = (tag: string) => ({ err: { tag } });

describe("names and values", () => {
  it.each([
    ["x-ok", "value", undefined],
    ["X!#$%&'*+-.^_`|~9", "", undefined],
    ["x", "tab\tand space", undefined],
    ["", "v", err("invalid-syntax")],
    ["a b", "v", err("invalid-syntax")],
    ["a:b", "v", err("invalid-syntax")],
    ["ü", "v", err("invalid-syntax")],
    ["x", "a\nb", err("invalid-syntax")],
    ["x", "a\0", err("invalid-syntax")],
    ["x", "a\u007f", err("invalid-syntax")],
    ["Host", "v", err("forbidden")],
    ["connection", "v", err("forbidden")],
    ["Transfer-Encoding", "v", err("forbidden")],
    ["content-length", "3", undefined],
    ["set-cookie", "a=b", undefined],
  ])("append and set of %j: %j give %j", (name, value, expected) => {
    expect(outcome(() => new Fields().append(name, utf8(value)))).toEqual(expected);
    expect(outcome(() => new Fields().set(name, [utf8(value)]))).toEqual(expected);
    if (expected) expect(outcome(() => Fields.fromList([[name, utf8(value)]]))).toEqual(expected);
  });

  it("takes bytes above ASCII", () => {
    const fields = Fields.fromList([["x", Uint8Array.of(0xe9, 0xff)]]);
    expect(fields.get("x")).toEqual([Uint8Array.of(0xe9, 0xff)]);
  });
});

describe("Fields", () => {
  const sample = (): Fields =>
    Fields.fromList([
      ["Set-Cookie", utf8("a=1")],
      ["X-One", utf8("1")],
      ["set-cookie", utf8("b=2")],
    ]);

  it("keeps many values of a name, compares names without case and gives them back in lower case, together", () => {
    expect(sample().get("SET-cookie").map(text)).toEqual(["a=1", "b=2"]);
    expect(sample().has("x-one")).toBe(true);
    expect(
      sample()
        .entries()
        .map(([name, value]) => `${name}: ${text(value)}`),
    ).toEqual(["set-cookie: a=1", "set-cookie: b=2", "x-one: 1"]);
  });

  it("traps when it grows beyond 128 KiB, counting what was removed no more", () => {
    const fields = Fields.fromList([["x", new Uint8Array(100_000).fill(97)]]);
    fields.set("x", [new Uint8Array(60_000).fill(97), new Uint8Array(60_000).fill(97)]);
    fields.delete("X");
    fields.append("y", new Uint8Array(131_071).fill(97));
    expect(() => fields.clone().append("y", utf8("a"))).toThrow("the limit is 131072");
    expect(() => fields.view().clone().append("z", new Uint8Array())).toThrow("the limit is 131072");
  });

  it("has nothing under a name that is none", () => {
    expect(sample().get("a b")).toEqual([]);
    expect(sample().has("a b")).toBe(false);
  });

  it("replaces all values with set, removes them with an empty set or with delete", () => {
    const fields = sample();
    fields.set("set-cookie", [utf8("c=3")]);
    expect(fields.get("Set-Cookie").map(text)).toEqual(["c=3"]);
    fields.set("set-cookie", []);
    fields.delete("X-ONE");
    expect(fields.entries()).toEqual([]);
  });

  it("is changed neither through its entries nor through a clone", () => {
    const fields = sample();
    fields.entries().pop();
    fields.clone().delete("x-one");
    expect(fields.entries()).toHaveLength(3);
  });

  it("refuses changes when immutable, with syntax checked first, and clones to a mutable copy", () => {
    const fields = Fields.immutable([["host", utf8("h")]]);
    expect(outcome(() => fields.append("x", utf8("1")))).toEqual(err("immutable"));
    expect(outcome(() => fields.set("x", []))).toEqual(err("immutable"));
    expect(outcome(() => fields.delete("x"))).toEqual(err("immutable"));
    expect(outcome(() => fields.append("a b", utf8("1")))).toEqual(err("invalid-syntax"));
    expect(outcome(() => new Fields().view().append("x", utf8("1")))).toEqual(err("immutable"));
    const copy = fields.clone();
    copy.append("x", utf8("1"));
    expect(copy.entries().map(([name]) => name)).toEqual(["host", "x"]);
  });
});

describe("byte strings", () => {
  it("turns each byte into one character and back", () => {
    const bytes = Uint8Array.of(0x41, 0xc3, 0xa9, 0xff);
    expect(fieldValueToByteString(bytes)).toBe("A\u00c3\u00a9\u00ff");
    expect(fieldValueFromByteString("A\u00c3\u00a9\u00ff")).toEqual(bytes);
  });

  it("writes a string that is no byte string as UTF-8", () => {
    expect(text(fieldValueFromByteString("é€"))).toBe("é€");
  });
});
