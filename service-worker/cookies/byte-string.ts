// oxlint-disable-next-line no-control-regex
const ascii = /^[\u0000-\u007f]*$/;

/** Text as it is in `document.cookie`, from a byte string as in `Headers`; `undefined` when the bytes are no UTF-8. */
export function toText(byteString: string): string | undefined {
  if (ascii.test(byteString)) return byteString;
  try {
    const bytes = Uint8Array.from(byteString, (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // TypeError, the only error of this call: a cookie may be any bytes.
    return undefined;
  }
}

/** The other way. */
export function toByteString(text: string): string {
  if (ascii.test(text)) return text;
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}
