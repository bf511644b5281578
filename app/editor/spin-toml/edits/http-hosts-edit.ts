import { convertAllowedHttpHosts } from "../../../../runtime/manifest/allowed-http-hosts.ts";
import type { TomlPair } from "../../../../runtime/manifest/toml-tree.ts";
import { type ManifestDocument, pairAt, stringOf } from "../document.ts";
import { addToList, quote } from "./list-edits.ts";
import { removal, type TextEdit } from "./text-edit.ts";

/**
 * Writes `allowed_http_hosts` as `allowed_outbound_hosts`, with what its entries mean there. Entry by entry, so that
 * comments and lines stay. `undefined` when an entry is wrong: the person must say what was meant.
 */
export function replaceHttpHosts(document: ManifestDocument, pair: TomlPair): TextEdit[] | undefined {
  const { text } = document;
  const key = pair.keys.at(-1);
  const list = pair.value;
  if (key === undefined || list?.kind !== "array" || !list.closed) return undefined;
  const old = list.items.map((item) => stringOf(text, item));
  if (old.some((entry) => entry === undefined)) return undefined;
  const { hosts, faults } = convertAllowedHttpHosts(old.filter((entry) => entry !== undefined));
  if (faults.length > 0) return undefined;

  const table = pair.path.slice(0, -1);
  if (pairAt(document, [...table, "allowed_outbound_hosts"]) !== undefined) {
    const isInSection = document.sections.some(({ pairs }) => pairs.includes(pair));
    if (!isInSection) return undefined;
    const entries = hosts.map(({ entry }) => entry);
    const added = addToList(document, table, "allowed_outbound_hosts", entries);
    return [...(added ?? []), removal(text, pair.start, pair.end)];
  }
  const rename = { start: key.start, end: key.end, text: "allowed_outbound_hosts" };
  const written = (index: number): string =>
    hosts.flatMap((host) => (host.index === index ? [quote(host.entry)] : [])).join(", ");
  const isAllowAll = hosts.length > 0 && old[hosts[0]?.index ?? 0] === "insecure:allow-all";
  if (isAllowAll) {
    // It makes the others mean nothing.
    return [rename, { start: list.start, end: list.end, text: `[${written(hosts[0]?.index ?? 0)}]` }];
  }
  return [rename, ...list.items.map(({ start, end }, index) => ({ start, end, text: written(index) }))];
}
