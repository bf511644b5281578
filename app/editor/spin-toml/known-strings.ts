import type { KeyPath } from "../../../runtime/manifest/toml-tree.ts";
import {
  components,
  type ManifestDocument,
  namedComponents,
  namesBelow,
  pairAt,
  readDocument,
  stringOf,
} from "./document.ts";

/** What there is beside the manifest. */
export interface Surroundings {
  /** Files of the workspace. */
  paths?: readonly string[];
  /** The text of `runtime-config.toml`. */
  runtimeConfig?: string;
}

interface KnownString {
  value: string;
  detail?: string;
}

/** Strings that make sense at a path. Not all that do: a person may write others, but for closed sets. */
export function stringsFor(path: KeyPath, document: ManifestDocument, surroundings: Surroundings = {}): KnownString[] {
  const names = path.filter((key) => typeof key === "string");
  const field = names.at(-1);
  const isComponent = names[0] === "component";
  if (names[0] === "trigger" && (field === "component" || names.includes("components"))) return componentIds(document);
  if (names[0] === "spin_manifest_version" || names[0] === "spin_version")
    return document.version === 1 ? [{ value: "1" }] : [];
  if (names.at(-2) === "executor" && field === "type") return [{ value: "http" }, { value: "wagi" }];
  if (names[0] === "trigger" && field === "type") return [{ value: "http" }];
  if (field === "route") return routes;
  if (names[0] === "application" && field === "version") return [{ value: "0.1.0" }];
  if (!isComponent) return [];
  switch (field) {
    case "key_value_stores":
      return stores(surroundings).flatMap((value) => (isListed(path, document, value) ? [] : { value }));
    case "sqlite_databases":
      return isListed(path, document, "default") ? [] : [{ value: "default" }];
    case "allowed_outbound_hosts":
      return hosts(document);
    case "source":
      return (surroundings.paths ?? []).filter((file) => file.endsWith(".wasm")).map((value) => ({ value }));
    case "command":
      return [{ value: "npm install && npm run build", detail: "JavaScript, TypeScript" }];
    case "watch":
      return [{ value: "src/**/*.ts" }, { value: "src/**/*.js" }];
    case "component":
      return componentIds(document);
    default:
      return [];
  }
}

const routes: KnownString[] = [
  { value: "/...", detail: "every path" },
  { value: "/", detail: "the root alone" },
  { value: "/api/...", detail: "every path below /api" },
  { value: "/items/:id", detail: "one segment, named id" },
];

/** Those that are there without a runtime config, and those that it defines in a way that a browser has. */
function stores({ runtimeConfig = "" }: Surroundings): string[] {
  const config = readDocument(runtimeConfig);
  const defined = namesBelow(config, ["key_value_store"]).filter(
    (label) => stringOf(runtimeConfig, pairAt(config, ["key_value_store", label, "type"])?.value) === "spin",
  );
  return [...new Set(["default", ...defined])];
}

function hosts(document: ManifestDocument): KnownString[] {
  return [
    { value: "https://example.com", detail: "one host, over HTTPS" },
    { value: "https://*.example.com", detail: "its subdomains" },
    { value: "https://*:443", detail: "any host" },
    { value: "http://self", detail: "this application" },
    ...components(document).map(({ id }) => ({ value: `http://${id}.spin.internal`, detail: `component ${id}` })),
  ];
}

/** Those that are defined, and after them those that another trigger names already. */
function componentIds(document: ManifestDocument): KnownString[] {
  const defined = components(document).map(({ id }) => id);
  const others = namedComponents(document).filter((id) => id !== "" && !defined.includes(id));
  return [...defined.map((value) => ({ value })), ...others.map((value) => ({ value, detail: "not defined yet" }))];
}

/** Whether the list that the path is an element of has the entry, but for that element itself. */
function isListed(path: KeyPath, document: ManifestDocument, entry: string): boolean {
  const list = pairAt(document, path.slice(0, path.findLastIndex((key) => typeof key === "string") + 1))?.value;
  return list?.items.some((item, index) => index !== path.at(-1) && stringOf(document.text, item) === entry) ?? false;
}
