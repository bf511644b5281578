import type { FileContent } from "./file-content.ts";

/** Digests of large contents by the very array: workspace bytes are never changed in place, only replaced. */
const known = new WeakMap<Uint8Array, string>();

/** `sha256:<hex>` of a content, as everywhere in the playground. The browser computes it off the main thread. */
export async function digestOf(content: FileContent): Promise<string> {
  if (typeof content === "string") return hash(new TextEncoder().encode(content));
  const digest = known.get(content) ?? (await hash(content as Uint8Array<ArrayBuffer>));
  known.set(content, digest);
  return digest;
}

/** Tells the digest of an array that somebody computed already. */
export function rememberDigest(bytes: Uint8Array, digest: string): void {
  known.set(bytes, digest);
}

/** One digest over paths and contents, whatever their order; lengths keep neighbours from running together. */
export async function digestOfFiles(files: Readonly<Record<string, FileContent>>, header = ""): Promise<string> {
  const parts = [`${header.length}:${header}`];
  for (const path of Object.keys(files).sort()) {
    const content = files[path] ?? "";
    const text = typeof content === "string" ? content : await digestOf(content);
    parts.push(`${typeof content}:${path.length}:${path}${text.length}:${text}`);
  }
  return digestOf(parts.join("\n"));
}

async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256:${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
