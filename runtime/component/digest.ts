import { locateMainCore } from "./component-sections.ts";
import { splitCore } from "./shell.ts";

/** `sha256:<hex>` of bytes: the name of content everywhere in the playground. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256:${Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * A digest of a component without the state of its main core module (memory contents, sizes of memory, values of
 * mutable globals). Two components with the same shell digest differ only in that state, so the glue of one fits the
 * other. Exports count: compare components that were both baked. `undefined` when the core cannot be split.
 */
export async function shellDigest(component: Uint8Array): Promise<string | undefined> {
  const core = locateMainCore(component);
  const shell = core && splitCore(component, core.start, core.end);
  if (!shell) return undefined;
  return digestOfShell(component, core, shell.bytes);
}

/** The same, for a caller that has split the core already. */
export async function digestOfShell(
  component: Uint8Array,
  core: { header: number; end: number },
  shell: Uint8Array,
): Promise<string> {
  const parts = [component.subarray(0, core.header), shell, component.subarray(core.end)];
  const hashes = await Promise.all(
    parts.map((part) => crypto.subtle.digest("SHA-256", part as Uint8Array<ArrayBuffer>)),
  );
  return digestOf(new Uint8Array(await new Blob(hashes).arrayBuffer()));
}
