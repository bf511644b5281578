import { decodeText } from "./text-detection.ts";

/** How bytes are shown: never as live HTML, so that nothing of an application runs on the studio's origin. */
export type BodyPresentation =
  | { kind: "empty" }
  | { kind: "json"; text: string }
  | { kind: "text"; text: string }
  | { kind: "image"; mediaType: string }
  | { kind: "bytes" };

/** Which form suits the bytes, by their media type and then by what they hold. */
export function presentBody(bytes: Uint8Array, contentType: string | undefined): BodyPresentation {
  if (bytes.length === 0) return { kind: "empty" };
  const mediaType = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (mediaType.startsWith("image/")) return { kind: "image", mediaType };
  const text = decodeText(bytes);
  if (text === undefined) return { kind: "bytes" };
  const json = isJsonType(mediaType) || /^\s*[[{]/.test(text) ? prettyJson(text) : undefined;
  return json === undefined ? { kind: "text", text } : { kind: "json", text: json };
}

/** The text indented as JSON, or `undefined` when it is none. */
export function prettyJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    // Not JSON, whatever the media type claims: shown as text then.
    return undefined;
  }
}

function isJsonType(mediaType: string): boolean {
  return mediaType === "application/json" || mediaType.endsWith("+json");
}
