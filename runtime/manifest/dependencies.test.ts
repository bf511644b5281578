import { describe, expect, test } from "vitest";
import { parseManifest } from "./parse-manifest.ts";

function faults(dependencies: string, more = ""): string[] {
  const text = `spin_manifest_version = 2
[application]
name = "x"
[[trigger.http]]
route = "/"
component = "main"
[component.plain]
source = "plain.wasm"
[component.open]
source = "open.wasm"
key_value_stores = ["default"]
environment = { A = "b" }
[component.main]
source = "main.wasm"
${more}
[component.main.dependencies]
${dependencies}
`;
  const result = parseManifest(text);
  return "diagnostics" in result ? result.diagnostics.map(({ line, message }) => `${line}: ${message}`) : [];
}

describe("accepts", () => {
  test.each([
    `"my:dep" = ">= 0.1.0"`,
    `"my:dep/thing@0.1.0" = { version = "0.1.0", registry = "r.example", package = "other:dep", export = "x" }`,
    `"my:dep/thing" = { path = "dep.wasm", export = "my:export/thing" }`,
    `"my:dep" = { url = "https://x.example/dep.wasm", digest = "sha256:00" }`,
    `plain-name = { version = "1", package = "my:dep" }`,
    `plain-name = { path = "dep.wasm" }`,
    `"my:dep/a" = { component = "plain" }`,
    `"my:dep/a" = { path = "a.wasm", inherit_configuration = ["environment"] }`,
    `"my:dep/a" = "1"\n"my:dep/b" = "1"`,
    `"my:dep/a@1.0.0" = "1"\n"my:dep/a@2.0.0" = "2"`,
  ])("%s", (line) => {
    expect(faults(line)).toEqual([]);
  });
});

describe("refuses", () => {
  test.each([
    [`plain-name = "1"`, ['17: dependency "plain-name" must specify a package name']],
    [`plain-name = { version = "1" }`, ['17: dependency "plain-name" must specify a package name']],
    [`bad_name = { path = "x" }`, ["17: words must be separated with '-', not '_'"]],
    [
      `"my:dep" = { path = "x", export = "y" }`,
      ['17: using an export to satisfy the package dependency "my:dep" is not currently permitted'],
    ],
    [`"my:dep/a" = "1"\n"my:dep" = "1"`, ['18: "my:dep/a" dependency conflicts with "my:dep"']],
    [
      `"my:dep/a@1.0.0" = "1"\n"my:dep/a@1.2.0" = "1"`,
      ['18: "my:dep/a@1.0.0" dependency conflicts with "my:dep/a@1.2.0"'],
    ],
    [
      `"my:dep@1.0.0" = "1"\n"my:dep/a" = "1"\n"my:dep@1.1.0" = "1"\n"my:dep/b@2.0.0" = "1"`,
      [
        '18: "my:dep@1.0.0" dependency conflicts with "my:dep/a"',
        '19: "my:dep@1.0.0" dependency conflicts with "my:dep@1.1.0"',
      ],
    ],
    [
      `"my:dep/a@1.0.0" = "1"\n"my:dep/b@2.0.0" = "1"\n"my:dep@2.1.0" = "1"\n"my:dep/a" = "1"`,
      [
        '19: "my:dep/b@2.0.0" dependency conflicts with "my:dep@2.1.0"',
        '20: "my:dep/a@1.0.0" dependency conflicts with "my:dep/a"',
      ],
    ],
    [`"my:dep/a" = { component = "absent" }`, ["17: dependency ID absent does not exist"]],
    [
      `"my:dep/a" = { component = "open" }`,
      [
        "17: Dependencies may not have their own resources or permissions. Component open cannot be used as a dependency of main because it specifies: environment, key_value_stores",
      ],
    ],
    [
      `"my:dep/a" = 1`,
      [expect.stringContaining("17: data did not match any variant of untagged enum ComponentDependency")],
    ],
    [`"my:dep/a" = { path = "x", colour = 1 }`, [expect.stringContaining("17: unknown field `colour`")]],
  ])("%s", (line, expected) => {
    expect(faults(line)).toEqual(expected);
  });

  test("two ways to inherit configuration", () => {
    expect(
      faults(`"my:dep/a" = { path = "x", inherit_configuration = true }`, "dependencies_inherit_configuration = true"),
    ).toEqual([
      "15: Component `main` specifies both `dependencies_inherit_configuration` and per-dependency `inherit_configuration`. These are mutually exclusive; use one or the other.",
    ]);
  });
});
