/** What a workspace file holds: text as a string, anything else as bytes. */
export type FileContent = string | Uint8Array;

/** Larger files stay bytes, whatever they hold: nobody edits them, and every copy of a string costs. */
const largestText = 4 * 1024 * 1024;

/**
 * The form in which the workspace keeps a content: UTF-8 text without NUL becomes a string, other bytes are copied, so
 * that the caller's buffer is never shared. Decoding keeps a byte order mark, so that bytes come out as they went in.
 */
export function toFileContent(path: string, content: FileContent): FileContent {
  if (typeof content === "string") return content;
  if (path.endsWith(".wasm") || content.byteLength > largestText || content.includes(0)) return content.slice();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    // Not UTF-8, hence not text.
    return content.slice();
  }
}

/** The bytes of a content; a copy, which the caller may keep, change or transfer. */
export function toBytes(content: FileContent): Uint8Array<ArrayBuffer> {
  return typeof content === "string" ? new TextEncoder().encode(content) : content.slice();
}
