/** Runs the data of this folder, each case as a test of its own; README.md says how to read and add cases. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseManifest } from "../../runtime/manifest/parse-manifest.ts";
import { readSections } from "./case.ts";
import { checkCase } from "./expectations.ts";

const sections = readSections(import.meta.dirname);

test("no two cases of a section have one name", () => {
  const names = sections.flatMap(({ file, cases }) => cases.map(({ name }) => `${file}: ${name}`));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

for (const { section, cases } of sections) {
  describe(section, () => {
    for (const item of cases) test(item.name, () => checkCase(item));
  });
}

describe("Locked applications", () => {
  const folder = join(import.meta.dirname, "locked");
  for (const name of readdirSync(folder)) {
    const read = (file: string) => readFileSync(join(folder, name, file), "utf8");
    const profile = existsSync(join(folder, name, "profile")) ? { profile: read("profile").trim() } : {};
    test(name.replaceAll("-", " "), () => {
      expect(parseManifest(read("spin.toml"), "spin.toml", profile)).toMatchObject({
        lockedApp: expect.toSatisfy((app: unknown) => {
          expect(app).toEqual(JSON.parse(read("locked.json")));
          return true;
        }) as unknown,
      });
    });
  }
});
