import { $init, generate } from "@bytecodealliance/jco-transpile/component";
import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { beforeAll, describe, expect, it } from "vitest";
import { PlaygroundError } from "../errors.ts";
import { checkNames } from "./safe-names.ts";
import { generateGlue } from "./transpile.ts";
import { concatenate, name as lengthAndName, section } from "./wasm/writer.ts";

/** Text of WAT with every byte but letters and digits escaped. */
const quoted = (name: string): string => {
  const bytes = [...new TextEncoder().encode(name)];
  return `"${bytes.map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("")}"`;
};

const run = '(func $f (canon lift (core func $i "run"))) (export "run" (func $f))';
const coreExport = (name: string): string =>
  `(core module $m (func (export ${quoted(name)}))) (core instance $i (instantiate $m))
   (func $f (canon lift (core func $i ${quoted(name)}))) (export "run" (func $f))`;
const coreImport = (module: string, name: string): string =>
  `(import "h" (func $h)) (core func $l (canon lower (func $h)))
   (core module $m (import ${quoted(module)} ${quoted(name)} (func)) (func (export "run")))
   (core instance $a (export ${quoted(name)} (func $l)))
   (core instance $i (instantiate $m (with ${quoted(module)} (instance $a)))) ${run}`;

const component = (fields: string): Promise<Uint8Array> => parse(`(component ${fields})`);

function refusal(bytes: Uint8Array): string {
  try {
    checkNames(bytes);
  } catch (error) {
    if (error instanceof PlaygroundError && error.code === "component-invalid") return error.message;
    throw error;
  }
  return "taken";
}

/** The files that jco makes of a component that nobody has checked. */
function uncheckedFiles(bytes: Uint8Array): Map<string, Uint8Array> {
  const { files } = generate(bytes, {
    name: "component",
    instantiation: { tag: "async" },
    map: [],
    base64Cutoff: 0,
    noNodejsCompat: true,
    noTypescript: true,
  });
  return new Map(files);
}

const importable = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;

/** Runs glue with one host function, as the engine does, and says whether a statement of the component's ran with it. */
async function injected(bytes: Uint8Array): Promise<boolean> {
  const marked = globalThis as { injectedByTest?: boolean };
  delete marked.injectedByTest;
  const files = uncheckedFiles(bytes);
  const core = Uint8Array.from(files.get("component.core.wasm") ?? []);
  const glue = (await import(importable(new TextDecoder().decode(files.get("component.js"))))) as {
    instantiate(getCoreModule: () => Promise<WebAssembly.Module>, imports: unknown): Promise<unknown>;
  };
  const started = glue.instantiate(() => WebAssembly.compile(core), {
    h: { default: () => undefined },
  });
  await started.catch(() => undefined);
  return marked.injectedByTest === true;
}

const statement = "globalThis.injectedByTest=true";

beforeAll(() => $init);

describe("a name that would be a statement", () => {
  it.each([
    ["of a core export", coreExport(`x'];${statement};['y`)],
    ["of a core import", coreImport("m", `x':(${statement}),'y`)],
    ["of a module that a core imports", coreImport(`x':(${statement}),'y`, "n")],
  ])("%s runs without the check, and is refused with it", async (_where, fields) => {
    const bytes = await component(fields);
    expect(await injected(bytes)).toBe(true);
    expect(refusal(bytes)).toContain("injectedByTest");
    await expect(generateGlue(bytes, "component")).rejects.toMatchObject({ code: "component-invalid" });
  });
});

describe("names of core modules", () => {
  it.each([
    ["a quote", "a'b", `"a'b"`],
    ["a double quote", 'a"b', String.raw`"a\"b"`],
    ["a backtick", "a`b", '"a`b"'],
    ["a template", "a${b}", '"a${b}"'],
    ["a backslash", "a\\", String.raw`"a\\"`],
    ["a line feed", "a\nb", String.raw`"a\nb"`],
    ["a carriage return", "a\rb", String.raw`"a\rb"`],
    ["a zero", "a\0b", String.raw`"a\u0000b"`],
    ["a line separator", "a\u2028b", String.raw`"a\u2028b"`],
    ["a paragraph separator", "a\u2029b", String.raw`"a\u2029b"`],
    ["the end of a comment", "a*/b", '"a*/b"'],
    ["a comment", "a//b", '"a//b"'],
    ["an HTML comment's end in a line", "a\n-->b", String.raw`"a\n-->b"`],
    ["letters that are not ASCII", "ä", String.raw`"\u00e4"`],
    ["a right-to-left override", "\u202e", String.raw`"\u202e"`],
    ["the prototype", "__proto__", '"__proto__"'],
  ])("with %s are refused by name", async (_what, name, shown) => {
    const message = `The component has the name ${shown}, which is `;
    expect(refusal(await component(coreExport(name)))).toContain(message);
    expect(refusal(await component(coreImport("m", name)))).toContain(message);
    expect(refusal(await component(coreImport(name, "n")))).toContain(message);
    expect(refusal(await component(`(component ${coreExport(name)})`))).toContain(message);
  });

  it("are found behind imports of any type", async () => {
    const types = ["externref", "(ref null func)", "(ref func)", "(mut (ref null extern))", "v128", "(ref null any)"];
    const imports = [
      ...types.map((type) => `(global ${type})`),
      "(table 1 (ref null func))",
      "(table i64 1 2 externref)",
      "(memory 1 2)",
      "(memory i64 1 2)",
      "(memory 1 2 shared)",
      "(tag (param i32))",
    ];
    for (const type of imports) {
      const fields = (name: string): string =>
        `(core module (import "m" "a" ${type}) (import "m" ${quoted(name)} (func)))`;
      expect(refusal(await component(fields("b"))), type).toBe("taken");
      expect(refusal(await component(fields("b'"))), type).toContain(`the name "b'"`);
    }
  });

  it("are refused with all that follows where a type is not known", async () => {
    for (const type of ["(memory 1 2 (pagesize 1))", "(global (ref null (shared func)))"]) {
      const bytes = await component(`(core module (import "m" "a" ${type}) (import "m" "b" (func)))`);
      expect(refusal(bytes), type).toContain("of unknown form");
    }
  });

  it("are refused with a byte order mark", async () => {
    expect(refusal(await component(coreExport("\ufeffx")))).toContain(String.raw`the name "\ufeffx"`);
  });

  it("are cut where they are long", async () => {
    const message = refusal(await component(coreExport(`${"a".repeat(100)}'`)));
    expect(message).toContain(`"${"a".repeat(60)}…"`);
    expect(refusal(await component(coreExport("a".repeat(30_000))))).toContain("longer than 20000 characters");
  });

  it.each([
    "constructor",
    "prototype",
    "toString",
    "0",
    "$root",
    "$imports",
    "__wasm_call_ctors",
    "cm32p2|wasi:io/poll@0.2|poll",
    "cabi_post_wasi:http/incoming-handler@0.2.0#handle",
    "[method]fields.get",
    "[export]wasi:http/handler@0.3.0",
    "[callback][async-lift]wasi:http/handler@0.3.0#handle",
    "[async-lower][stream-write-0][static]response.new",
    "GOT.mem",
    "libc++.so",
    "_ZN4core3fmt17h0123456789abcdefE.llvm.123",
    "~lib/rt/itcms/__new",
  ])("as toolchains write them are taken, and safe: %j", async (name) => {
    const bytes = await component(coreExport(name));
    expect(refusal(bytes)).toBe("taken");
    const { source } = await generateGlue(bytes, "component");
    await import(importable(source));
  });
});

describe("names of the component model", () => {
  /** The name in place of `abc`, of the same length: the text format would refuse it. */
  async function patched(fields: string, name: string): Promise<Uint8Array> {
    const bytes = Uint8Array.from(await component(fields));
    const places = [...bytes.keys()].filter((at) => bytes[at] === 97 && bytes[at + 1] === 98 && bytes[at + 2] === 99);
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) bytes.set(new TextEncoder().encode(name), place);
    return bytes;
  }

  const places = [
    ["an import", '(import "abc" (func))'],
    ["an export", '(component $c) (export "abc" (component $c))'],
    ["an import of a nested component", '(component (component (import "abc" (func))))'],
    ["an export of an instance", '(component $c) (instance (export "abc" (component $c)))'],
    [
      "an argument",
      '(component $c) (component $d (import "abc" (component))) (instance (instantiate $d (with "abc" (component $c))))',
    ],
    ["an alias", '(import "i" (instance $i (export "abc" (func)))) (alias export $i "abc" (func $f))'],
    ["an interface", '(import "test:names/abc" (instance))'],
    [
      "a method",
      '(import "i" (instance (export "r" (type $r (sub resource))) (export "[method]r.abc" (func (param "self" (borrow $r))))))',
    ],
    ["an export of an instance's type", '(type (instance (export "abc" (func))))'],
    ["an import of a component's type", '(type (component (import "abc" (func))))'],
    ["a type in a type", '(type (instance (type (instance (export "abc" (func))))))'],
    ["a parameter", '(type (func (param "abc" u32) (result string)))'],
    ["a field", '(type (record (field "x" (list u8)) (field "abc" u32)))'],
    ["a case of a variant", '(type (variant (case "x" u32) (case "abc")))'],
    ["a case of an enum", '(type (enum "x" "abc"))'],
    ["a flag", '(type (flags "x" "abc"))'],
  ] as const;

  it.each(places)("of %s are read", async (_place, fields) => {
    expect(refusal(await component(fields))).toBe("taken");
    for (const name of ["a'b", "a`b", "a\nb", "a/*", "${a", "A b", "_ab", "a--"]) {
      expect(refusal(await patched(fields, name))).toContain("The component has the name ");
    }
  });

  it("may be words of JavaScript, which the generator renames", async () => {
    const words = ["constructor", "prototype", "await", "class", "default", "to-string"];
    for (const word of words) {
      const bytes = await component(coreImport("m", "n").replace('"h"', `"${word}"`));
      expect(refusal(bytes)).toBe("taken");
      const { source } = await generateGlue(bytes, "component");
      await import(importable(source));
    }
  });

  it("are not addresses of other components, which the generator traps at", async () => {
    for (const name of ["url=<https://a.test/'];x>", "integrity=<sha256-AAAA>", "unlocked-dep=<a:b>"]) {
      expect(refusal(await component(`(import "${name}" (component))`))).toContain("The component has the name ");
    }
  });

  it("are matched in time in proportion to their length", async () => {
    const name = `a${"-1".repeat(9000)}`;
    const bytes = Uint8Array.from(await component(`(import "${name}" (func))`));
    expect(refusal(bytes)).toBe("taken");
    bytes[new TextDecoder("latin1").decode(bytes).lastIndexOf("-1") + 1] = 0x21;
    expect(refusal(bytes)).toContain(`"a${"-1".repeat(29)}-…"`);
  });
});

describe("what is not checked", () => {
  const mark = "*/injectedByTest/*'`";
  const custom = (kind: string, content: readonly (number | Uint8Array)[]): Uint8Array =>
    concatenate(section(0, [lengthAndName(kind), ...content]));
  const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

  it.each([
    ["a section of any name", custom(mark, [])],
    ["producers", custom("producers", [1, lengthAndName("language"), 1, lengthAndName(mark), lengthAndName(mark)])],
    ["names for debugging", custom("component-name", [0, mark.length + 1, lengthAndName(mark)])],
    [
      "documentation",
      custom("package-docs", [
        1,
        text({ docs: mark, worlds: { root: { docs: mark, func_exports: { run: { docs: mark } } } } }),
      ]),
    ],
  ])("does not get into the glue: %s", async (_what, added) => {
    const bytes = concatenate([await component(coreExport("x")), added]);
    const { source } = await generateGlue(bytes, "component");
    expect(source).toContain("'run'");
    expect(source).not.toContain("injectedByTest");
  });

  it("does not get into the glue: names for debugging of a core module, strings in its data", async () => {
    const bytes = await component(
      `(core module $m (memory 1) (data (i32.const 0) ${quoted(mark)}) (func $injectedByTest (export "x")))
       (core instance $i (instantiate $m)) (func $f (canon lift (core func $i "x"))) (export "run" (func $f))`,
    );
    expect(new TextDecoder("latin1").decode(bytes).split("injectedByTest")).toHaveLength(3);
    expect((await generateGlue(bytes, "component")).source).not.toContain("injectedByTest");
  });
});
