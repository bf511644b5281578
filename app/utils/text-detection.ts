/** The UTF-8 text that the bytes are, or `undefined` when they are not text: invalid UTF-8, or control characters. */
export function decodeText(bytes: Uint8Array): string | undefined {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8, which is an answer and no failure.
    return undefined;
  }
  return hasControlCharacters(text) ? undefined : text;
}

/** Tab, line feed, form feed, carriage return and escape (terminal colours) occur in text; other controls do not. */
function hasControlCharacters(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 && code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 27) return true;
  }
  return false;
}
