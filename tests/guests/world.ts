import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Candidate, candidatePackages, candidates } from "./candidate-wit.ts";

const nodeModules = join(import.meta.dirname, "../../node_modules");

/** The newest 0.2 whose WIT npm has: the guests' version where no other is asked for. */
export const newestWasi = "0.2.12";

export const worldName = "guest";

/**
 * The WIT of a world that imports everything the test guests may use; a component made for it imports only what its core
 * module does. The packages are read from npm packages and nested in one text.
 *
 * @param version of WASI: any patch of 0.2, whose interfaces are those of 0.2.12, or a release candidate of 0.2.0
 */
export function guestWorld(version: string = newestWasi): string {
  const keyValue = readFileSync(join(nodeModules, "@fermyon/spin-sdk/bin/wit/key-value.wit"), "utf8");
  return `
    package test:guests;
    ${wasiPackages(version).join("\n")}
    package fermyon:spin@2.0.0 { ${keyValue.replace(/^package .*;$/m, "")} }
    world ${worldName} {
      include wasi:cli/imports@${version};
      include wasi:http/imports@${version};
      import fermyon:spin/key-value@2.0.0;
      export wasi:http/incoming-handler@${version};
    }`;
}

/** The packages of WASI as `package a:b@1 { … }`, one text for each. */
export function wasiPackages(version: string): string[] {
  const wasi = join(nodeModules, "@bytecodealliance/jco/lib/wit/builtin", newestWasi);
  const read = (folder: string): string => readFileSync(join(wasi, folder, "package.wit"), "utf8");
  const texts = isCandidate(version)
    ? candidatePackages(version, read)
    : readdirSync(wasi).map((folder) => read(folder).replaceAll(newestWasi, version));
  return texts.map(nested);
}

function isCandidate(version: string): version is Candidate {
  return (candidates as readonly string[]).includes(version);
}

/** `package a:b@1;` and what follows it as `package a:b@1 { … }`. */
function nested(wit: string): string {
  return `${wit.replace(/^package ([^;]+);/m, "package $1 {")}\n}`;
}
