/** Reads one component table, of either manifest version. */
import { convertAllowedHttpHosts } from "./allowed-http-hosts.ts";
import { quoted } from "./identifiers.ts";
import type { LockedComponent } from "./locked-app.ts";
import { type ModelComponent, type PlacedEntry, tableOf, textMapOf, textOf, textsOf } from "./model.ts";
import type { KeyPath } from "./positions.ts";
import type { Report } from "./report.ts";
import { isTable, type TomlTable } from "./shape.ts";
import type { ManifestVersion } from "./field-types.ts";

/** Databases were open to every component before `allowed_outbound_hosts` came. */
const openDatabases = ["redis://*:*", "mysql://*:*", "postgres://*:*"];

export function readComponent(
  id: string,
  table: TomlTable,
  path: KeyPath,
  version: ManifestVersion,
  report: Report,
): ModelComponent {
  const variablesField = version === 1 ? "config" : "variables";
  const inherits = table["dependencies_inherit_configuration"];
  return {
    id,
    path,
    description: textOf(table["description"]) ?? "",
    source: readSource(table["source"], [...path, "source"], report),
    variablesField,
    variables: textMapOf(table[variablesField]),
    environment: textMapOf(table["environment"]),
    files: readFiles(table["files"]),
    excludeFiles: textsOf(table["exclude_files"]),
    allowedHosts: readAllowedHosts(table, path, version, report),
    keyValueStores: textsOf(table["key_value_stores"]),
    databases: textsOf(table["sqlite_databases"]),
    aiModels: textsOf(table["ai_models"]),
    build: readBuild(table["build"], [...path, "build"], report),
    dependencies: tableOf(table["dependencies"]),
    inheritsConfiguration: typeof inherits === "boolean" ? inherits : undefined,
  };
}

/** A path in the workspace, a URL with digest, or a registry package. `undefined` when it was refused. */
export function readSource(value: unknown, path: KeyPath, report: Report): LockedComponent["source"] | undefined {
  const content_type = "application/wasm";
  if (typeof value === "string") return { content_type, source: value.replace(/^(?:\.\/+)+/, "") };
  const table = tableOf(value);
  const url = textOf(table["url"]);
  const digest = textOf(table["digest"]);
  if (url !== undefined && digest !== undefined) {
    if (digest.startsWith("sha256:")) return { content_type, source: url, digest };
    const message = `invalid \`digest\` ${quoted(digest)}; must start with 'sha256:'`;
    report.error("invalid-value", [...path, "digest"], message);
    return undefined;
  }
  const name = textOf(table["package"]);
  const version = textOf(table["version"]);
  const registry = textOf(table["registry"]);
  if (name === undefined || version === undefined) return undefined;
  return { content_type, registry: { package: name, version, ...(registry === undefined ? {} : { registry }) } };
}

function readFiles(value: unknown): ModelComponent["files"] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (typeof item === "string") return [{ source: item }];
    const source = isTable(item) ? textOf(item["source"]) : undefined;
    const destination = isTable(item) ? textOf(item["destination"]) : undefined;
    return source === undefined || destination === undefined ? [] : [{ source, path: destination }];
  });
}

function readBuild(value: unknown, path: KeyPath, report: Report): LockedComponent["metadata"]["build"] {
  if (!isTable(value)) return undefined;
  const command = textOf(value["command"]) ?? textsOf(value["command"]);
  const workdir = textOf(value["workdir"]);
  const watch = textsOf(value["watch"]);
  if (workdir?.startsWith("/") === true) {
    // Natively `spin build` refuses this, and `spin up` does not look at it.
    const message = "The workdir specified in the application file must be relative.";
    report.warning("invalid-value", [...path, "workdir"], message);
  }
  return { command, ...(workdir === undefined ? {} : { workdir }), ...(watch.length === 0 ? {} : { watch }) };
}

function readAllowedHosts(table: TomlTable, path: KeyPath, version: ManifestVersion, report: Report): PlacedEntry[] {
  const outbound = "allowed_outbound_hosts";
  const http = "allowed_http_hosts";
  const entries = textsOf(table[outbound]).map((text, index) => ({ text, path: [...path, outbound, index] }));
  if (version === 1 && !Object.hasOwn(table, outbound)) {
    entries.push(...openDatabases.map((text) => ({ text, path: [...path] })));
  }
  const { hosts, faults } = convertAllowedHttpHosts(textsOf(table[http]));
  for (const { index, message } of faults) {
    // Version 2 converts while loading the component, and says so.
    const context = version === 1 ? "" : `\`${http}\` is malformed: `;
    report.error("invalid-allowed-host", [...path, http, index], context + message);
  }
  if (version === 2 && hosts.length > 0) {
    const list = hosts.map(({ entry }) => quoted(entry)).join(", ");
    const message = `Use of the deprecated field \`${http}\` - to fix, replace \`${http}\` with \`${outbound} = [${list}]\``;
    report.warning("deprecated-field", [...path, http], message);
  }
  entries.push(...hosts.map(({ entry, index }) => ({ text: entry, path: [...path, http, index] })));
  return entries;
}
