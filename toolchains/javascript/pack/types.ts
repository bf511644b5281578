import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TextTree } from "../pack-manifest.ts";
import { ownPackages, readTree } from "./vendored.ts";

/** Packages whose declarations come from npm. */
const npmPackages = ["hono", "itty-router", "@fermyon/spin-sdk"];

const declarationOptions = (
  "--ignoreConfig --declaration --emitDeclarationOnly --skipLibCheck --allowImportingTsExtensions " +
  "--rewriteRelativeImportExtensions --target es2024 --lib es2024,dom,dom.iterable --module esnext --moduleResolution bundler"
).split(" ");

/**
 * Makes `types.json`: the declarations of everything guest code can import, laid out as a `node_modules` tree for the
 * editor's TypeScript.
 *
 * @param scratch An existing folder; a folder is made in it and removed again.
 */
export function typeDeclarations(nodeModules: string, guest: string, scratch: string): TextTree {
  const tree: TextTree = {};
  for (const name of npmPackages) {
    const files = readTree(join(nodeModules, name), `node_modules/${name}`, (path) => {
      return (
        /(?:\.d\.[cm]?ts|\/package\.json)$/.test(path) &&
        !/\/(?:bin|plugins|wit|adapter\/(?!service-worker)[\w-]+)\//.test(path)
      );
    });
    Object.assign(tree, files);
  }
  tree["node_modules/@spinframework/wasi-http-proxy/package.json"] =
    '{"name":"@spinframework/wasi-http-proxy","types":"index.d.ts"}';
  tree["node_modules/@spinframework/wasi-http-proxy/index.d.ts"] = "export {};\n";

  const declared = declareGuest(nodeModules, guest, scratch);
  const declarations = "node_modules/.spin-playground";
  Object.assign(
    tree,
    Object.fromEntries(Object.entries(declared).map(([path, text]) => [`${declarations}/${path}`, text])),
  );
  // As they are: an ambient module and an augmentation, which the compiler does not emit again.
  for (const file of ["wit.d.ts", "sdk-1/ambient.d.ts"]) {
    tree[`${declarations}/${file}`] = withJsImports(readFileSync(join(guest, file), "utf8"));
  }
  for (const [name, { version, source }] of Object.entries(ownPackages)) {
    const declaration = declared[source.replace(/\.ts$/, ".d.ts")];
    if (declaration === undefined) throw new Error(`No declarations were made of ${source}.`);
    tree[`node_modules/${name}/package.json`] = JSON.stringify({ name, version, types: "index.d.ts" });
    tree[`node_modules/${name}/index.d.ts`] = declaration;
  }
  return tree;
}

/** `./x.ts` is an error in a declaration file; `./x.js` finds `x.d.ts`. */
function withJsImports(text: string): string {
  return text.replace(/(from "\.[^"]*)\.ts"/g, '$1.js"');
}

/** Has the TypeScript compiler write the declarations of our guest modules. Keys are paths below `guest`. */
function declareGuest(nodeModules: string, guest: string, scratch: string): TextTree {
  const output = mkdtempSync(join(scratch, "types-"));
  try {
    const sources = [...Object.values(ownPackages).map(({ source }) => source), "sdk-1/index.ts", "sdk-1/globals.ts"];
    const inputs = ["wit.d.ts", ...sources].map((source) => join(guest, source));
    const folders = ["--outDir", output, "--rootDir", guest];
    const compiler = [join(nodeModules, "typescript/bin/tsc"), ...declarationOptions, "--types", ""];
    execFileSync(process.execPath, [...compiler, ...folders, ...inputs], { stdio: ["ignore", "pipe", "pipe"] });
    const tree = readTree(output, "", (path) => path.endsWith(".d.ts"));
    return Object.fromEntries(Object.entries(tree).map(([path, text]) => [path.slice(1), withJsImports(text)]));
  } catch (error) {
    const { stdout } = error as { stdout?: Uint8Array };
    throw new Error(`The declarations of the guest modules could not be made: ${new TextDecoder().decode(stdout)}`, {
      cause: error,
    });
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}
