import type { KeyPath } from "../manifest/positions.ts";
import type { Report } from "../manifest/report.ts";
import { storeVariants } from "./fields.ts";
import { invalidType, isTable, type TomlTable } from "../manifest/shape.ts";

const defaultLabel = "default";
/** Kinds of key-value stores beside `spin`: servers and clouds, of which no browser has a client. */
const remoteStores: ReadonlySet<string> = new Set(
  storeVariants.flatMap(({ type, elsewhere }) => (elsewhere ? type : [])),
);

/**
 * Reads `[key_value_store.<label>]`: the labels that have a store here. One of type `spin` is a store in the browser, its
 * `path` has no meaning there. Of another type it is a warning; the manifest's own check refuses a component that opens it.
 */
export function readStores(value: unknown, report: Report): string[] {
  return backedLabels(value, "key_value_store", report, (label, type, path) => {
    if (remoteStores.has(type)) {
      report.warning(
        "not-in-a-tab",
        path,
        `Key-value stores of type "${type}" are not there in a browser tab: nothing backs the label "${label}" here. ` +
          'With type = "spin" it is a store of its own in this browser.',
      );
    } else {
      report.error(
        "invalid-value",
        path,
        `could not configure key-value store with label '${label}': the store type '${type}' was not registered with ` +
          "the config resolver",
      );
    }
  });
}

/** The same for `[sqlite_database.<label>]`. */
export function readDatabases(value: unknown, report: Report): string[] {
  return backedLabels(value, "sqlite_database", report, (label, type, path) => {
    if (type !== "libsql") return report.error("invalid-value", path, `Unknown database kind: ${type}`);
    report.warning(
      "not-in-a-tab",
      path,
      `Databases of type "libsql" are not there in a browser tab: nothing backs the label "${label}" here. ` +
        'With type = "spin" it is a database of its own in this browser.',
    );
  });
}

/** Those of type `spin`, and `default` unless it is of another type; `visitOther` says what is to be said of the others. */
function backedLabels(
  value: unknown,
  table: string,
  report: Report,
  visitOther: (label: string, type: string, path: KeyPath) => void,
): string[] {
  const backed: string[] = [];
  let isDefaultElsewhere = false;
  eachLabelled(value, [table], report, (label, type, path) => {
    if (type === "spin") {
      backed.push(label);
      return;
    }
    isDefaultElsewhere ||= label === defaultLabel;
    visitOther(label, type, [...path, "type"]);
  });
  if (isDefaultElsewhere || backed.includes(defaultLabel)) return backed;
  return [defaultLabel, ...backed];
}

/** What of the remaining tables the person has to know about. */
export function warnOfOthers(root: TomlTable, report: Report): void {
  if (root["llm_compute"] !== undefined) {
    report.warning(
      "not-in-a-tab",
      ["llm_compute"],
      "There is no model in a browser tab: a component gets an error when it asks one, whatever is set here.",
    );
  }
  if (root["client_tls"] !== undefined) {
    report.warning(
      "not-in-a-tab",
      ["client_tls"],
      "The browser decides about TLS by itself: certificates that are set here have no effect in a tab.",
    );
  }
  if (root["outbound_networking"] !== undefined) {
    report.warning(
      "not-in-a-tab",
      ["outbound_networking"],
      "A page does not learn to which address the browser connects: networks that are blocked here, and limits of " +
        "connections, have no effect in a tab. allowed_outbound_hosts of the components holds.",
    );
  }
}

function eachLabelled(
  value: unknown,
  path: KeyPath,
  report: Report,
  visit: (label: string, type: string, path: KeyPath) => void,
): void {
  if (value === undefined) return;
  if (!isTable(value)) return invalidType(value, "a map", path, report);
  for (const [label, table] of Object.entries(value)) {
    const inner = [...path, label];
    if (!isTable(table)) invalidType(table, "struct StoreConfig", inner, report);
    else if (!Object.hasOwn(table, "type")) report.error("missing-field", inner, "missing field `type`");
    else if (typeof table["type"] !== "string") invalidType(table["type"], "a string", [...inner, "type"], report);
    else visit(label, table["type"], inner);
  }
}
