import { sections } from "../../../runtime/manifest/fields.ts";
import type { SectionName } from "../../../runtime/manifest/field-types.ts";
import type { TomlRange } from "../../../runtime/manifest/toml-tree.ts";
import { type Completion, literal } from "./completion-item.ts";
import { components, isPath, type ManifestDocument, namedComponents, namesBelow } from "./document.ts";

interface Header {
  /** With placeholders, between the brackets. */
  name: string;
  array?: boolean;
  section: SectionName;
  /** Lines to begin with: what is required. */
  lines?: string;
  /** What makes it worth more than others: it is referred to, or the application is not whole without. */
  wanted?: boolean;
}

/** Tables that the manifest does not have yet, or may have more of. */
export function headerCompletions(document: ManifestDocument, range: TomlRange, offset: number): Completion[] {
  const headers = document.version === 1 ? headersOfVersion1(document) : headersOfVersion2(document, offset);
  return headers.map(({ name, array = false, section, lines = "", wanted = false }) => {
    const shown = name.replace(/\$\{\d:([^}]*)\}/g, "<$1>").replaceAll("\\", "");
    const [open, close] = array ? ["[[", "]]"] : ["[", "]"];
    return {
      label: `${open}${shown}${close}`,
      kind: "table",
      insert: `${open}${name}${close}\n${lines}$0`,
      range,
      rank: wanted ? 0 : 2,
      documentation: sections[section].description,
    };
  });
}

function headersOfVersion2(document: ManifestDocument, offset: number): Header[] {
  const known = pathsOf(document);
  const has = (...path: string[]): boolean => known.has(JSON.stringify(path));
  const defined = components(document).map(({ id }) => id);
  const missing = namedComponents(document).filter((id) => !defined.includes(id));
  const headers: Header[] = [];
  if (!has("application")) {
    headers.push({ name: "application", section: "application", lines: 'name = "${1:my-app}"\n', wanted: true });
  }
  for (const id of missing) headers.push({ ...newComponent(key(id), id), wanted: true });
  headers.push({
    name: "trigger.http",
    array: true,
    section: "trigger",
    lines: `route = "\${1:/...}"\ncomponent = "\${2:${literal(missing[0] ?? defined[0] ?? "hello")}}"\n`,
    wanted: !has("trigger"),
  });
  headers.push(newComponent("${1:hello}", "${1:hello}"));
  if (!has("variables"))
    headers.push({ name: "variables", section: "variable", lines: '${1:name} = { default = "$2" }\n' });
  headers.push({ name: "variables.${1:name}", section: "variable", lines: 'default = "$2"\n' });
  for (const id of here(document, offset, defined)) {
    const name = `component.${key(id)}`;
    if (!has("component", id, "build")) {
      headers.push({
        name: `${name}.build`,
        section: "build",
        lines: 'command = "${1:npm install && npm run build}"\n',
      });
    }
    for (const inner of ["variables", "environment", "dependencies"]) {
      if (!has("component", id, inner)) headers.push({ name: `${name}.${inner}`, section: "component" });
    }
    headers.push({ name: `${name}.profile.\${1:debug}`, section: "profile" });
  }
  return headers;
}

function headersOfVersion1(document: ManifestDocument): Header[] {
  const has = (name: string): boolean => namesBelow(document, []).includes(name);
  const inComponent: Header[] = [
    { name: "component.trigger", section: "http-trigger", lines: 'route = "${1:/...}"\n' },
    { name: "component.build", section: "build", lines: 'command = "${1:npm install && npm run build}"\n' },
    { name: "component.config", section: "component-v1" },
    { name: "component.environment", section: "component-v1" },
  ];
  return [
    {
      name: "component",
      array: true,
      section: "component-v1",
      lines: 'id = "${1:hello}"\nsource = "${2:hello.wasm}"\n',
    },
    ...(has("component") ? inComponent : []),
    { name: "variables.${1:name}", section: "variable", lines: 'default = "$2"\n' },
  ];
}

/** Every path of the text that a header could name, and those on the way to it. */
function pathsOf({ sections: all, pairs }: ManifestDocument): Set<string> {
  const known = new Set<string>();
  for (const { path } of [...all, ...pairs]) {
    for (let length = 1; length <= Math.min(path.length, 3); length++) known.add(JSON.stringify(path.slice(0, length)));
  }
  return known;
}

/** The component whose section the cursor is in comes first, since most go on with what they are at. */
function here({ sections: all }: ManifestDocument, offset: number, defined: readonly string[]): string[] {
  const current = all.findLast(({ path, start }) => start < offset && path[0] === "component" && path.length >= 2);
  const id = defined.find((name) => current !== undefined && isPath(current.path.slice(0, 2), ["component", name]));
  return id === undefined ? [...defined] : [id, ...defined.filter((name) => name !== id)];
}

function newComponent(name: string, file: string): Header {
  return {
    name: `component.${name}`,
    section: "component",
    lines: `source = "\${2:dist/${file.startsWith("$") ? "hello" : literal(file)}.wasm}"\n`,
  };
}

/** A name as a key: bare where TOML lets it be. */
function key(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : literal(JSON.stringify(name));
}
