import { describe, expect, it } from "vitest";
import { mountFiles } from "./mounts.ts";

const paths = [
  "spin.toml",
  "README.md",
  "assets/logo.png",
  "assets/icons/a.svg",
  "assets/icons/.hidden.svg",
  "assets/old/a.bak",
  "data[1].txt",
  "src/index.ts",
];

type Files = NonNullable<Parameters<typeof mountFiles>[0]["files"]>;
const alone = (...sources: string[]): Files => sources.map((source) => ({ source }));

/** Target to source of every file. */
function mounted(files: Files, exclude_files: string[] = []): Record<string, string> {
  const mount = mountFiles({ files, exclude_files }, paths);
  expect(mount.faults.filter(({ severity }) => severity === "error")).toEqual([]);
  return Object.fromEntries(mount.files);
}
const targets = (files: Files, exclude?: string[]): string[] => Object.keys(mounted(files, exclude)).sort();
const faults = (files: Files, exclude_files: string[] = []): string[] =>
  mountFiles({ files, exclude_files }, paths).faults.map(
    ({ severity, field, index, message }) => `${severity} ${field}[${index}] ${message}`,
  );

describe("an entry that is text", () => {
  it.each([
    ["a file", "assets/logo.png", ["assets/logo.png"]],
    ["a file, in other words", "./assets/../assets//logo.png", ["assets/logo.png"]],
    ["a file that looks like a pattern", "data[1].txt", ["data[1].txt"]],
    ["a pattern", "assets/*", ["assets/logo.png"]],
    ["a pattern for names", "assets/icons/*.svg", ["assets/icons/.hidden.svg", "assets/icons/a.svg"]],
    ["a pattern over folders", "assets/**/a.*", ["assets/icons/a.svg", "assets/old/a.bak"]],
    ["a directory", "assets/icons/", ["assets/icons/.hidden.svg", "assets/icons/a.svg"]],
    ["the whole workspace", "./**/*", [...paths].sort()],
    ["the workspace itself", "", [...paths].sort()],
  ])("mounts %s", (_what, source, expected) => expect(targets(alone(source))).toEqual(expected));

  it.each([
    ["..", "A file pattern can't end in a parent directory path (..)"],
    ["assets/..", "A file pattern can't end in a parent directory path (..)"],
    [".", "A file pattern can't end in a current directory path (.)"],
    ["assets/.", "A file pattern can't end in a current directory path (.)"],
  ])("refuses %s with Spin's advice", (source, message) => {
    const [fault = ""] = faults(alone(source));
    expect(fault.split("\n")[0]).toBe(`error files[0] ${message}`);
    expect(fault.split("\n")).toHaveLength(3);
  });

  it.each([
    ["nothing", '"nothing" does not exist and doesn\'t appear to be a glob pattern'],
    ["assets/logo.png/", '"assets/logo.png/" does not exist and doesn\'t appear to be a glob pattern'],
    ["assets/logo.png/x", '"assets/logo.png/x" does not exist and doesn\'t appear to be a glob pattern'],
    ["a[", 'Failed to resolve glob pattern "a[": Pattern syntax error near position 1: invalid range pattern'],
    ...["../x", "assets/../../x", "/etc/passwd", "../*", "/*"].map((source): [string, string] => [
      source,
      `${source} cannot be mapped because it is outside the application directory. Files must be within the application directory.`,
    ]),
  ])("refuses %s", (source, message) => expect(faults(alone(source))).toEqual([`error files[0] ${message}`]));

  it("warns of patterns that take everything, unless they are meant", () => {
    const [all = "", tree = "", ...more] = faults(alone("*", "**/*", "./*", "./**/*"));
    expect(all).toContain("warning files[0] A component is including the entire application directory as asset files.");
    expect(tree).toContain("warning files[1] A component is including the entire application directory tree as asset");
    expect(more).toEqual([]);
  });

  it("warns of patterns that match no file", () => {
    expect(faults(alone("*.gif", "assets/**", "assets/*/"))).toEqual([
      'warning files[0] "*.gif" matches no file',
      'warning files[1] "assets/**" matches no file; "assets/**/*" takes all files below it',
      'warning files[2] "assets/*/" matches no file; "assets/*/*" takes all files below it',
    ]);
    expect(mounted(alone("*.gif", "assets/**"))).toEqual({});
  });

  it("warns that Spin shows a directory elsewhere", () => {
    expect(faults(alone("assets/icons"))).toEqual([
      'warning files[0] Spin 4 shows the files of a directory that is named alone at "assets/icons/assets/icons", the ' +
        'playground at "assets/icons". To have them there in both, write ' +
        '{ source = "assets/icons", destination = "assets/icons" }',
    ]);
  });
});

describe("an entry with a destination", () => {
  it.each([
    [
      "a directory",
      "assets",
      "/public",
      { "public/logo.png": "assets/logo.png", "public/icons/a.svg": "assets/icons/a.svg" },
    ],
    ["a directory at the root", "assets/icons", "/", { "a.svg": "assets/icons/a.svg" }],
    ["a file", "README.md", "doc/about.md", { "doc/about.md": "README.md" }],
    ["a file, in other words", "./README.md", "//a/../b.md", { "b.md": "README.md" }],
    ["the workspace", "./", "app", { "app/src/index.ts": "src/index.ts" }],
  ])("mounts %s", (_what, source, path, expected) => {
    expect(mounted([{ source, path }])).toMatchObject(expected);
  });

  it.each([
    ["README.md", "/", '"/" is not a valid destination file name'],
    ["README.md", "", '"" is not a valid destination file name'],
    ["README.md", "doc/", '"doc/" is not a valid destination file name'],
    ["README.md", "doc/..", '"doc/.." is not a valid destination file name'],
    ["README.md", "../x", '"../x" is not a valid destination file name'],
    ["assets", "../x", '"../x" is outside of the component\'s file system'],
    ["none", "x", 'File or directory "none" does not exist'],
    ["assets/*.png", "x", 'File or directory "assets/*.png" does not exist'],
    [
      "../assets",
      "x",
      "../assets cannot be mapped because it is outside the application directory. Files must be within the application directory.",
    ],
  ])("refuses %s at %s", (source, path, message) => {
    expect(faults([{ source, path }])).toEqual([`error files[0] ${message}`]);
  });
});

describe("excluded files", () => {
  it("are left out of directories and patterns, by their path in the workspace", () => {
    const everything = [{ source: "assets", path: "/" }];
    expect(targets(everything, ["assets/icons/*"])).toEqual(["logo.png", "old/a.bak"]);
    expect(targets(everything, ["icons/*"])).toHaveLength(4);
    expect(targets(alone("assets/**/*"), ["*.bak", "**/.*"])).toEqual(["assets/icons/a.svg", "assets/logo.png"]);
  });

  it("stay when they are named themselves, as in Spin", () => {
    expect(targets([{ source: "README.md" }, { source: "README.md", path: "x" }], ["*.md"])).toEqual([
      "README.md",
      "x",
    ]);
  });

  it("need a right pattern", () => {
    expect(faults(alone("README.md"), ["x", "a**"])).toEqual([
      'error exclude_files[1] Invalid exclude_files glob pattern "a**": Pattern syntax error near position 0: ' +
        "recursive wildcards must form a single path component",
    ]);
  });
});

describe("several entries", () => {
  it("the later one wins a place", () => {
    expect(mounted([...alone("README.md"), { source: "spin.toml", path: "README.md" }])).toEqual({
      "README.md": "spin.toml",
    });
  });

  it("cannot make one name both file and directory", () => {
    const files = [
      { source: "README.md", path: "x" },
      { source: "assets", path: "x/y" },
    ];
    expect(faults(files)).toEqual([
      'error files[1] "x" is mounted as a file, so nothing can be mounted below it, as "x/y/logo.png" is',
    ]);
  });
});
