/**
 * `spin.toml` of an application whose one component, `app.wasm`, answers on route `/...`. `section`: further TOML lines of the
 * component's section.
 */
export function guestManifest(name: string, section: string): string {
  return `spin_manifest_version = 2

[application]
name = "guest-${name}"
version = "0.1.0"

[[trigger.http]]
route = "/..."
component = "${name}"

[component.${name}]
source = "app.wasm"
key_value_stores = ["default"]
${section}
`;
}
