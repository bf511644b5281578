import { describe, expect, test } from "vitest";
import { parseRuntimeConfig } from "../../../runtime/runtime-config/parse-runtime-config.ts";
import type { Completion } from "../spin-toml/completion-item.ts";
import { configCompletionsAt } from "./completion.ts";
import { configHoverAt } from "./hover.ts";

/** At the `|` of the text. */
const at = (marked: string): [text: string, offset: number] => [marked.replace("|", ""), marked.indexOf("|")];
const offered = (marked: string): Completion[] => configCompletionsAt(...at(marked));
const labels = (marked: string): string[] => offered(marked).map(({ label }) => label);
const hover = (marked: string): string | undefined => configHoverAt(...at(marked))?.text;

describe("completion offers", () => {
  test("tables that a tab can do something with, at the root and where a header is begun", () => {
    const tables = [
      "[[variables_provider]] static",
      "[[variables_provider]] vault",
      "[[variables_provider]] env",
      "[key_value_store.<label>] spin",
      "[sqlite_database.<label>] spin",
    ];
    expect(labels("|")).toEqual(["max_instance_memory", ...tables]);
    expect(labels("[va|")).toEqual(tables);
  });

  test("types, and nothing that is only elsewhere", () => {
    expect(labels('[[variables_provider]]\ntype = "|"')).toEqual(["static", "vault", "env"]);
    expect(labels("[key_value_store.a]\ntype = |")).toEqual(['"spin"']);
  });

  test("the fields of the type that stands there, without those that are there", () => {
    expect(labels('[[variables_provider]]\ntype = "vault"\nurl = "x"\n|').slice(0, 3)).toEqual([
      "token",
      "mount",
      "prefix",
    ]);
    expect(labels("[[variables_provider]]\n|")[0]).toBe("type");
    expect(labels('[key_value_store.a]\ntype = "redis"\n|')[0]).toMatch(/^\[/);
  });

  test("nothing in a comment, or in a table it does not know", () => {
    expect(labels("# |")).toEqual([]);
    expect(labels("[other]\nx = |")).toEqual([]);
  });

  test("what the parser takes", () => {
    for (const { insert, label } of offered("|")) {
      const text = insert.replace(/\$\{\d:([^}]*)\}|\$\d/g, (_, shown?: string) => shown ?? "");
      const result = parseRuntimeConfig(text);
      expect("diagnostics" in result ? result.diagnostics : [], label).toEqual([]);
    }
  });
});

test("hover says what a key, a header and a type are", () => {
  expect(hover("max_in|stance_memory = 1")).toContain("Bytes of memory");
  expect(hover("[[variables_pro|vider]]\n")).toContain("the first that has one");
  expect(hover('[[variables_provider]]\ntype = "va|ult"\nurl = "x"')).toContain("CORS");
  expect(hover('[[variables_provider]]\ntype = "vault"\nur|l = "x"')).toContain("Address of the Vault");
  expect(hover('state_|dir = "x"')).toContain("no effect in a tab");
  expect(hover("oth|er = 1")).toBeUndefined();
});
