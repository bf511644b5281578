/**
 * What to do about a key-value store that a guest was denied. Natively there is only the error that the guest gets; a
 * person in a browser should not have to guess. To list a store that nothing backs would only make the manifest wrong.
 */
export function storeDenialHint(label: string, backed: boolean): string {
  return backed
    ? `To allow it, add 'key_value_stores = ["${label}"]' to the manifest component section.`
    : `There is no store "${label}". A table [key_value_store.${label}] with type = "spin" in runtime-config.toml makes one.`;
}
