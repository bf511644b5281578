import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const nodeModules = join(import.meta.dirname, "../../node_modules");

/** The WASI of the guests: the newest 0.2 whose WIT npm has. */
const wasiVersion = "0.2.12";

export const worldName = "guest";

/**
 * The WIT of a world that imports everything the test guests may use; a component made for it imports only what its core
 * module does. The packages are read from npm packages and nested in one text.
 */
export function guestWorld(): string {
  const wasi = join(nodeModules, "@bytecodealliance/jco/lib/wit/builtin", wasiVersion);
  const packages = readdirSync(wasi).map((name) => nested(readFileSync(join(wasi, name, "package.wit"), "utf8")));
  const keyValue = readFileSync(join(nodeModules, "@fermyon/spin-sdk/bin/wit/key-value.wit"), "utf8");
  return `
    package test:guests;
    ${packages.join("\n")}
    package fermyon:spin@2.0.0 { ${keyValue.replace(/^package .*;$/m, "")} }
    world ${worldName} {
      include wasi:cli/imports@${wasiVersion};
      include wasi:http/imports@${wasiVersion};
      import fermyon:spin/key-value@2.0.0;
      export wasi:http/incoming-handler@${wasiVersion};
    }`;
}

/** `package a:b@1;` and what follows it as `package a:b@1 { … }`. */
function nested(wit: string): string {
  return `${wit.replace(/^package ([^;]+);/m, "package $1 {")}\n}`;
}
