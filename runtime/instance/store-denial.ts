import type { StoreField } from "../protocol.ts";

const kinds = {
  key_value_stores: { name: "Key-value store", table: "key_value_store", word: "store" },
  sqlite_databases: { name: "SQLite database", table: "sqlite_database", word: "database" },
} as const satisfies Record<StoreField, object>;

/**
 * What was denied to a guest, and what to do about it. Natively there is only the error that the guest gets; a person in
 * a browser should not have to guess. To list a store that nothing backs would only make the manifest wrong.
 */
export function storeDenial(field: StoreField, label: string, backed: boolean): { denied: string; hint: string } {
  const { name, table, word } = kinds[field];
  const hint = backed
    ? `To allow it, add '${field} = ["${label}"]' to the manifest component section.`
    : `There is no ${word} "${label}". A table [${table}.${label}] with type = "spin" in runtime-config.toml makes one.`;
  return { denied: `${name} not allowed: ${label}`, hint };
}
