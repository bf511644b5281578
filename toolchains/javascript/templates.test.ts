import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import { templates } from "../../templates/index.ts";
import { packFiles, type TextTree } from "./pack-manifest.ts";
import { pack } from "./testing/pack.ts";

// The compiler takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL("../../", import.meta.url));

it("are the folders of templates/, each with all of its files", async () => {
  const folders = readdirSync(join(root, "templates"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(templates.map(({ id }) => id).sort()).toEqual(folders.map(({ name }) => name).sort());
  for (const template of templates) {
    const folder = join(root, "templates", template.id);
    const inside = readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
    const files = await template.files();
    expect(Object.keys(files).sort()).toEqual(inside);
    expect(inside).toContain(".gitignore");
    expect(files["spin.toml"]).toBe(readFileSync(join(folder, "spin.toml"), "utf8"));
  }
});

const typed = templates.map(({ id }) => id).filter((id) => existsSync(join(root, "templates", id, "tsconfig.json")));

it.each(typed)("have no type errors with the types of the pack: %s", async (id) => {
  const folder = mkdtempSync(join(tmpdir(), "template-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = await templates.find((template) => template.id === id)?.files();
  writeAll(folder, { ...(await pack.json<TextTree>(packFiles.types)), ...files });
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  expect(run([compiler, "--project", folder])).toBe("");
});

function writeAll(folder: string, files: TextTree): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** What the compiler says: nothing when all is well. */
function run(argumentsOfNode: string[]): string {
  try {
    return execFileSync(process.execPath, argumentsOfNode, { encoding: "utf8" });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
