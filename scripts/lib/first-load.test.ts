import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { firstLoad, references } from "./first-load.ts";

describe("references", () => {
  it("finds what a page loads, and not what it merely links to", () => {
    const page = `<link rel="icon" href="/i.svg"><link rel="modulepreload" crossorigin href="/a.js">
      <link rel="stylesheet" href="/a.css"><script type="module" crossorigin src="/m.js"></script>`;
    expect(references(page, true).toSorted()).toEqual(["/a.css", "/a.js", "/m.js"]);
  });

  it("finds static imports and workers, and not dynamic imports", () => {
    const script = `import{a as e}from"./x.js";import"./y.js";import * as n from'./n.js';const l=()=>import("./lazy.js");
      new Worker(new URL(\`/assets/w.js\`,""+import.meta.url),{type:"module"});export*from"./z.js"`;
    expect(references(script, false)).toEqual(["./x.js", "./y.js", "./n.js", "./z.js", "/assets/w.js"]);
  });
});

describe("firstLoad", () => {
  let dist: string;
  beforeEach(async () => {
    dist = await mkdtemp(join(tmpdir(), "first-load-"));
    const engine = "application/.well-known/spin/playground";
    const files: Record<string, string> = {
      "studio/index.html": '<script src="/assets/main.js"></script>',
      "studio/assets/main.js": 'import"./shared.js";import("./monaco.js")',
      "studio/assets/shared.js": 'import"./main.js";',
      "studio/assets/shared.js.br": "1234567",
      "studio/assets/monaco.js": "",
      "application/spin-playground-service-worker.js": "sw",
      [`${engine}/engine.html`]: '<script src="/.well-known/spin/playground/assets/engine.js"></script>',
      [`${engine}/assets/engine.js`]: 'new Worker(new URL("/.well-known/spin/playground/assets/worker.js",""))',
      [`${engine}/assets/worker.js`]: "worker",
    };
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(dist, path)), { recursive: true });
      await writeFile(join(dist, path), content);
    }
  });
  afterEach(() => rm(dist, { recursive: true }));

  it("follows both pages and the service worker, each file once", async () => {
    const files = await firstLoad(dist);
    expect(files.map(({ file }) => file.replace(/^.*\//, "")).toSorted()).toEqual([
      "engine.html",
      "engine.js",
      "index.html",
      "main.js",
      "shared.js",
      "spin-playground-service-worker.js",
      "worker.js",
    ]);
  });

  it("counts the compressed sibling where there is one", async () => {
    const sizes = new Map((await firstLoad(dist)).map(({ file, transferred }) => [file, transferred]));
    expect(sizes.get("studio/assets/shared.js")).toBe(7);
    expect(sizes.get("application/spin-playground-service-worker.js")).toBe(2);
  });

  it("fails when a file that is referred to is not there", async () => {
    await rm(join(dist, "studio/assets/shared.js"));
    await expect(firstLoad(dist)).rejects.toThrow("shared.js");
  });
});
