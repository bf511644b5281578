/** One line of a hex dump. */
export interface HexLine {
  /** Eight hexadecimal digits. */
  offset: string;
  /** Two digits a byte, a space between, two after the eighth. */
  hex: string;
  /** Printable ASCII; every other byte is a point. */
  text: string;
}

const bytesPerLine = 16;

/** The lines of a hex dump of at most the first `limit` bytes. */
export function hexLines(bytes: Uint8Array, limit = 4096): HexLine[] {
  const lines: HexLine[] = [];
  const end = Math.min(bytes.length, limit);
  for (let start = 0; start < end; start += bytesPerLine) {
    const row = [...bytes.subarray(start, Math.min(start + bytesPerLine, end))];
    const digits = row.map((byte) => byte.toString(16).padStart(2, "0"));
    lines.push({
      offset: start.toString(16).padStart(8, "0"),
      hex: [digits.slice(0, 8).join(" "), digits.slice(8).join(" ")].filter((half) => half !== "").join("  "),
      text: row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join(""),
    });
  }
  return lines;
}
