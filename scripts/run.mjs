/**
 * `node scripts/run.mjs NAME ...` runs scripts/NAME.ts, after installing the dependencies when that is due. Every npm
 * script goes through here, so that each of them works on a fresh clone. Only Node's own modules until then.
 */
import { fileURLToPath } from "node:url";
import { ensureDependencies } from "./lib/dependencies.mjs";

const name = process.argv[2] ?? "";
if (!/^[a-z-]+$/.test(name)) {
  console.error("usage: node scripts/run.mjs NAME, where scripts/NAME.ts exists");
  process.exit(2);
}
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
await ensureDependencies();
const { register } = await import("tsx/esm/api");
register();
process.argv.splice(1, 2, `scripts/${name}.ts`);
await import(`./${name}.ts`);
