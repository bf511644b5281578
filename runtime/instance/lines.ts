/** Longest line kept in one piece; a guest that prints without line ends still shows up. */
const longestLine = 16 * 1024;

/**
 * Cuts a stream of writes into lines of text. UTF-8 sequences may be split between writes. What is left without a line
 * end comes with `end`.
 */
export class LineSplitter {
  #decoder = new TextDecoder();
  #rest = "";
  readonly #emit: (line: string) => void;

  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  write(bytes: Uint8Array): void {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const lines = this.#rest.split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#emit(line.endsWith("\r") ? line.slice(0, -1) : line);
    while (this.#rest.length > longestLine) {
      this.#emit(this.#rest.slice(0, longestLine));
      this.#rest = this.#rest.slice(longestLine);
    }
  }

  end(): void {
    const rest = this.#rest + this.#decoder.decode();
    this.#rest = "";
    if (rest) this.#emit(rest);
  }
}
