/** The form of a conformance case, and its reading (README.md says what the fields mean). */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";

export interface Section {
  /** Name of the data file. */
  file: string;
  section: string;
  cases: Case[];
}

export interface Case extends Given, Expected {
  name: string;
}

export interface Given {
  before?: string;
  manifest?: string;
  routes?: Record<string, unknown>;
  base?: string;
  profile?: string;
  values?: Record<string, string>;
  workspace?: string[];
}

export interface Expected {
  errors?: string[];
  warnings?: string[];
  locked?: Record<string, unknown>;
  absent?: string[];
  requests?: ExpectedRequest[];
  listing?: string;
  resolved?: Record<string, string>;
  unresolved?: Record<string, string>;
  missing?: string;
  asks?: Record<string, string>;
  permits?: string[];
  denies?: string[];
  hints?: Record<string, string>;
  sees?: Record<string, string>;
}

export interface ExpectedRequest {
  path: string;
  host?: string;
  client?: string;
  to?: string;
  path_info?: string;
  params?: Record<string, string>;
  headers?: Record<string, string>;
  status?: number;
  body?: string;
  content_type?: string;
}

const givenFields = ["name", "before", "manifest", "routes", "base", "profile", "values", "workspace"];
const expectedFields = [
  "errors",
  "warnings",
  "locked",
  "absent",
  "requests",
  "listing",
  "resolved",
  "unresolved",
  "missing",
  "asks",
  "permits",
  "denies",
  "hints",
  "sees",
];

/** What only an application without errors has; those of its mounted files leave the rest. */
const ofAccepted = expectedFields.filter((field) => !["errors", "warnings"].includes(field));

/** Reads all data files of a folder. A case that expects nothing, or has a field of no meaning, is refused. */
export function readSections(folder: string): Section[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".toml"));
  return files.map((file) => {
    const read = parse(readFileSync(join(folder, file), "utf8")) as unknown as {
      section: string;
      before?: string;
      case: Case[];
    };
    const before = read.before ?? "";
    return { file, section: read.section, cases: read.case.map((item) => checked({ before, ...item }, file)) };
  });
}

function checked(item: Case, file: string): Case {
  const fields = Object.keys(item);
  const unknown = fields.filter((field) => ![...givenFields, ...expectedFields].includes(field));
  if (unknown.length > 0) throw new Error(`${file}: the case "${item.name}" has unknown fields: ${unknown.join(", ")}`);
  if (!fields.some((field) => expectedFields.includes(field))) {
    throw new Error(`${file}: the case "${item.name}" expects nothing`);
  }
  if (item.errors !== undefined && item.errors.length > 0 && fields.some((field) => ofAccepted.includes(field))) {
    throw new Error(
      `${file}: the case "${item.name}" expects errors, so nothing else can be expected of its application`,
    );
  }
  return item;
}

/** The whole manifest of a case, and how many of its lines stand before what the case shows. */
export function manifestOf({ before = "", manifest = "", routes, base }: Given): { text: string; linesBefore: number } {
  if (routes !== undefined) {
    const text = base === undefined ? manifestOfRoutes(routes) : oldManifestOfRoutes(routes, base);
    return { text: text + manifest, linesBefore: text.split("\n").length - 1 };
  }
  return { text: before + manifest, linesBefore: before.split("\n").length - 1 };
}

function manifestOfRoutes(routes: Record<string, unknown>): string {
  const triggers = Object.entries(routes).map(([id, route]) => {
    if (typeof route === "string") return `[[trigger.http]]\nroute = ${toml(route)}\ncomponent = "${id}"\n`;
    const fields = { id, ...(route as Record<string, unknown>) };
    return `[[trigger.http]]\n${Object.entries(fields)
      .map(([field, value]) => `${field} = ${toml(value)}\n`)
      .join("")}`;
  });
  const named = Object.entries(routes).flatMap(([id, route]) => {
    if (typeof route === "string") return [id];
    const { component } = route as { component?: string };
    return component === undefined ? [] : [component];
  });
  const components = [...new Set(named)].map((id) => `[component.${id}]\nsource = "${id}.wasm"\n`);
  return [`spin_manifest_version = 2\n[application]\nname = "app"\n`, ...triggers, ...components].join("");
}

function oldManifestOfRoutes(routes: Record<string, unknown>, base: string): string {
  const components = Object.entries(routes).map(
    ([id, route]) =>
      `[[component]]\nid = "${id}"\nsource = "${id}.wasm"\n[component.trigger]\nroute = ${toml(route)}\n`,
  );
  const head = `spin_version = "1"\nname = "app"\ntrigger = { type = "http", base = ${toml(base)} }\n`;
  return head + components.join("");
}

/** A value as TOML writes it inline. */
function toml(value: unknown): string {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)} = ${toml(item)}`);
    return `{ ${fields.join(", ")} }`;
  }
  return JSON.stringify(value);
}
