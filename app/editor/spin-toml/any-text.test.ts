import { expect, test } from "vitest";
import { completionsAt } from "./completion.ts";
import { improvementsAt } from "./fixes.ts";
import { hoverAt } from "./hover.ts";

const manifest = `spin_manifest_version = 2 # two
[application]
name = "a"
authors = [
  "b", # c
  'd',
]
[variables]
v = { default = "x", secret = true }
[[trigger.http]]
route = "/..."
component = { source = "s", files = [{ source = "x", destination = "/" }, "y"] }
executor.type = "wagi"
[[trigger.http]]
route = { private = true }
component = "w"
[component.w]
source = { url = "u", digest = "sha256:0" }
description = """
[not.a.header] {{ v }}
"""
variables = { "a b" = "{{ v }}" }
[component.w.build]
command = ["a", "b"]
`;
const version1 = `spin_version = "1"
trigger = { type = "http", base = "/" }
[[component]]
id = "a"
[component.trigger]
route = "/"
[[component]]
config = { a = "{{ b" }
`;

/** As a person writes it: every beginning of the text; and every text with one character missing. */
function* drafts(text: string): Generator<string> {
  for (let end = 0; end <= text.length; end++) yield text.slice(0, end);
  for (let at = 0; at < text.length; at++) yield text.slice(0, at) + text.slice(at + 1);
}

test.each([
  ["version 2", manifest],
  ["version 1", version1],
])("there is an answer at every place of every draft of %s", (_name, whole) => {
  for (const text of drafts(whole)) {
    // The end, where most is typed, and places all over.
    for (const offset of [text.length, ...Array.from({ length: 8 }, (_, at) => Math.floor((text.length * at) / 8))]) {
      for (const { range, insert } of completionsAt(text, offset)) {
        const replaced = text.slice(range.start, range.end);
        // Monaco takes only completions that replace a part of the cursor's own line.
        if (range.start > offset || range.end < offset || replaced.includes("\n") || insert === "") {
          expect({ text, offset, replaced, insert }).toBe("a completion of the line");
        }
      }
      const hover = hoverAt(text, offset);
      if (hover !== undefined && hover.text === "") expect({ text, offset }).toBe("a hover with words");
      improvementsAt(text, offset);
    }
  }
});

test("it comes in time for a long manifest", () => {
  const long = Array.from({ length: 2_000 }, (_, at) => `[component.c${at}]\nsource = "s"\nfiles = ["a", "b"]\n`).join(
    "",
  );
  expect(completionsAt(`${long}key`, long.length + 3).length).toBeGreaterThan(0);
  expect(completionsAt(`${long}x = [${'"a", '.repeat(20_000)}`, long.length + 5).length).toBeGreaterThanOrEqual(0);
});
