import { describe, expect, it } from "vitest";
import { checkMounts } from "./check-mounts.ts";
import { parseManifest } from "./parse-manifest.ts";
import { component } from "./testing.ts";

function check(text: string, paths: string[]) {
  const result = parseManifest(text);
  if ("diagnostics" in result) throw new Error(result.diagnostics.map(({ message }) => message).join("\n"));
  const { mounts, diagnostics } = checkMounts(result.lockedApp, paths, result.positions);
  return {
    mounts,
    found: diagnostics.map(({ file, line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`),
  };
}

const version1 = `spin_manifest_version = "1"
name = "app"
trigger = { type = "http" }
[[component]]
id = "old"
source = "old.wasm"
files = ["a.txt",
  { source = "none", destination = "/" }]
[component.trigger]
route = "/..."
`;

describe("checkMounts", () => {
  it("gives each component with files its own", () => {
    const text = `${component}files = [{ source = "static", destination = "/" }]\n[component.other]\nsource = "o.wasm"\n`;
    expect(check(text, ["static/a.txt", "b.txt"])).toEqual({
      mounts: { hello: { "a.txt": "static/a.txt" } },
      found: [],
    });
  });

  it("gives an empty directory to a component whose patterns match nothing", () => {
    const { mounts, found } = check(`${component}files = ["*.gif"]\n`, []);
    expect(mounts).toEqual({ hello: {} });
    expect(found).toEqual(['spin.toml:9:10 doubtful-mount "*.gif" matches no file']);
  });

  it("places what is wrong at its entry", () => {
    const text = `${component}files = [\n  "a.txt", "b.txt",\n]\nexclude_files = ["a**"]\n`;
    expect(check(text, ["a.txt"]).found).toEqual([
      'spin.toml:10:12 invalid-mount "b.txt" does not exist and doesn\'t appear to be a glob pattern',
      'spin.toml:12:18 invalid-mount Invalid exclude_files glob pattern "a**": Pattern syntax error near position 0: recursive wildcards must form a single path component',
    ]);
  });

  it("does so in version 1 too", () => {
    expect(check(version1, ["a.txt"])).toEqual({
      mounts: { old: { "a.txt": "a.txt" } },
      found: ['spin.toml:8:3 invalid-mount File or directory "none" does not exist'],
    });
  });

  it("counts on the Wasm that a build makes, and on no other", () => {
    const built = `${component}files = ["hello.wasm"]\n[component.hello.build]\ncommand = "make"\n`;
    expect(check(built, [])).toEqual({ mounts: { hello: { "hello.wasm": "hello.wasm" } }, found: [] });
    expect(check(`${component}files = ["hello.wasm"]\n`, []).found).toHaveLength(1);
  });
});
