import type { PlaygroundError } from "../errors.ts";
import type { LogLine } from "../protocol.ts";
import { LastWords } from "./last-words.ts";
import { LineSplitter } from "./lines.ts";

/**
 * What the guest of one request prints, cut into lines. Beyond `limit` bytes the rest is dropped, and a line says so:
 * a guest that prints without end would drown the page.
 */
export class GuestLog {
  readonly #limit: number;
  readonly #emit: (stream: LogLine["stream"], text: string) => void;
  readonly #lines: Record<"stdout" | "stderr", LineSplitter>;
  readonly #words = new LastWords();
  #bytes = 0;

  constructor(limit: number, emit: (stream: LogLine["stream"], text: string) => void) {
    this.#limit = limit;
    this.#emit = emit;
    this.#lines = {
      stdout: new LineSplitter((line) => emit("stdout", line)),
      stderr: new LineSplitter((line) => {
        this.#words.heard(line);
        emit("stderr", line);
      }),
    };
  }

  write(stream: "stdout" | "stderr", bytes: Uint8Array): void {
    const room = this.#limit - this.#bytes;
    if (room < 0) return;
    this.#bytes += bytes.length;
    this.#lines[stream].write(bytes.subarray(0, room));
    if (bytes.length <= room) return;
    this.end();
    this.#emit("engine", `The request printed more than ${this.#limit} bytes; the rest is not kept.`);
  }

  /** Gives out what has no line end yet. */
  end(): void {
    this.#lines.stdout.end();
    this.#lines.stderr.end();
  }

  /** What a JavaScript engine printed of the error that its handler threw. */
  get failure(): PlaygroundError | undefined {
    return this.#words.failure;
  }
}
