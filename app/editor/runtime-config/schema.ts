/** What the tables of the runtime config say about a place in it. */
import { type ConfigField, configKeys, type ConfigVariant } from "../../../runtime/runtime-config/fields.ts";
import type { KeyPath } from "../../../runtime/manifest/toml-tree.ts";
import { type ManifestDocument, pairAt, stringOf } from "../spin-toml/document.ts";

/** The field that says which variant a table is. */
const typeField = (variants: readonly ConfigVariant[]): ConfigField => ({
  name: "type",
  description: `One of ${variants.map(({ type }) => `\`${type}\``).join(", ")}.`,
  required: true,
});

/** The variants of the table at a path; none where it is no table with a type. */
export function variantsAt(path: KeyPath): readonly ConfigVariant[] {
  const key = path.length === 2 ? configKeys.find(({ name }) => name === path[0]) : undefined;
  return key !== undefined && "variants" in key ? key.variants : [];
}

/** The variant that the table is by its `type`. */
export function variantAt(document: ManifestDocument, path: KeyPath): ConfigVariant | undefined {
  const type = stringOf(document.text, pairAt(document, [...path, "type"])?.value);
  return variantsAt(path).find((variant) => variant.type === type);
}

/** The fields of the table at a path: of its variant, when its `type` stands there. */
export function fieldsOf(document: ManifestDocument, path: KeyPath): readonly ConfigField[] {
  if (path.length === 0) return configKeys;
  const variants = variantsAt(path);
  if (variants.length === 0) return [];
  return [typeField(variants), ...(variantAt(document, path)?.fields ?? [])];
}
