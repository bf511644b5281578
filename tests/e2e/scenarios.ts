/** Reads the scenarios of `tests/conformance/scenarios`: a Spin project each, with requests and what they are answered. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import type { Limits } from "../../runtime/protocol.ts";
import { type AsyncGuestName, buildAsyncGuest } from "../guests/build-async-guest.ts";
import { buildGuest, type GuestName } from "../guests/build-guest.ts";
import { buildModule, type ModuleName } from "../guests/build-module.ts";
import { buildWithPostgres, readSources } from "../guests/javascript-guest.ts";
import type { postgresPackages } from "../guests/postgres-wit.ts";

const folder = join(import.meta.dirname, "../conformance/scenarios");

/** What `scenario.toml` says. */
export interface Scenario {
  /** Name of the folder. */
  name: string;
  /** What the scenario shows. */
  fact: string;
  /** Where Spin has it. */
  source: string;
  /** A guest of `tests/guests/wat` that becomes `main.wasm`; without it, the project has a program to be built. */
  wat?: GuestName;
  /** A guest of `tests/guests/c` that becomes `main.wasm`. */
  module?: ModuleName;
  /** The version of WASI that such a guest is built for. */
  wasi?: string;
  /** Guests of WASI 0.3 (`tests/guests/c`) by the file that each becomes. */
  guests?: Record<string, AsyncGuestName>;
  /** The version of `spin:postgres` that the program imports, which is built beforehand then, to `main.wasm`. */
  postgres?: keyof typeof postgresPackages;
  limits?: Partial<Limits>;
  /** Messages with which the application is not started. */
  diagnostics?: string[];
  request?: ScenarioRequest[];
}

export interface ScenarioRequest {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  answer: {
    status: number;
    /** Not looked at when it is left out. */
    body?: string;
    /** All of them, but for `content-length` and `date`. */
    headers?: Record<string, string>;
    /** The path that was answered in the end, after redirects. */
    path?: string;
  };
}

export function readScenarios(): Scenario[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.map(({ name }) => {
    const read = parse(readFileSync(join(folder, name, "scenario.toml"), "utf8")) as unknown as Scenario;
    return { ...read, name };
  });
}

/** Scenarios of Spin that are not run, and why. */
export function scenariosNotRun(): { name: string; why: string }[] {
  return (
    parse(readFileSync(join(folder, "not-run.toml"), "utf8")) as unknown as {
      scenario: { name: string; why: string }[];
    }
  ).scenario;
}

/** The files of the project by path, in base64: arrays of numbers take the browser minutes for a large component. */
export async function projectOf(scenario: Scenario): Promise<Record<string, string>> {
  const { name, wat, wasi, module, postgres, guests = {} } = scenario;
  const root = join(folder, name);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name: file }) => join(parentPath, file).slice(root.length + 1));
  const files = paths
    .filter((path) => path !== "scenario.toml")
    .map((path): [string, Uint8Array] => [path, readFileSync(join(root, path))]);
  if (wat !== undefined) files.push(["main.wasm", await buildGuest(wat, wasi)]);
  for (const [file, guest] of Object.entries(guests)) files.push([file, await buildAsyncGuest(guest)]);
  if (module !== undefined) files.push(["main.wasm", await buildModule(module)]);
  if (postgres !== undefined) files.push(["main.wasm", await buildWithPostgres(postgres, readSources(root))]);
  return Object.fromEntries(files.map(([path, bytes]) => [path, Buffer.from(bytes).toString("base64")]));
}
