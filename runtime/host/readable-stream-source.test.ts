import { describe, expect, it } from "vitest";
import type { ByteSource } from "./byte-stream.ts";
import { bytesSource, emptySource } from "./bytes-source.ts";
import { text, utf8 } from "./context-for-tests.ts";
import { readableStreamSource } from "./readable-stream-source.ts";

async function readAll(source: ByteSource, limit = 1000): Promise<string[]> {
  const parts: string[] = [];
  while (source.state === "open") {
    await source.ready();
    const bytes = source.take(limit);
    if (bytes.length > 0) parts.push(text(bytes));
  }
  return parts;
}

/** A stream under the test's control, which counts how often it was asked for a chunk. */
function controlledStream() {
  const seen = { pulls: 0, cancelled: false };
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (given) => void (controller = given),
      pull: () => void (seen.pulls += 1),
      cancel: () => void (seen.cancelled = true),
    },
    { highWaterMark: 0 },
  );
  return {
    stream,
    seen,
    send: (part: string) => controller?.enqueue(utf8(part)),
    fail: (error: unknown) => controller?.error(error),
  };
}

describe("readableStreamSource", () => {
  it("reads everything, splitting chunks that are larger than asked for", async () => {
    const stream = new Blob(["hello"]).stream() as ReadableStream<Uint8Array>;
    expect(await readAll(readableStreamSource(stream), 2)).toEqual(["he", "ll", "o"]);
  });

  it("asks the stream for nothing until somebody wants bytes, and never reads ahead", async () => {
    const { stream, seen, send } = controlledStream();
    const source = readableStreamSource(stream);
    await Promise.resolve();
    expect(seen.pulls).toBe(0);
    expect(source.take(10)).toHaveLength(0);
    const ready = source.ready();
    send("one");
    await ready;
    expect(seen.pulls).toBe(1);
    expect(text(source.take(10))).toBe("one");
    expect(seen.pulls).toBe(1);
  });

  it("passes over empty chunks", async () => {
    const { stream, send } = controlledStream();
    const source = readableStreamSource(stream);
    const ready = source.ready();
    send("");
    send("x");
    await ready;
    expect(text(source.take(10))).toBe("x");
  });

  it("makes a failing stream a failure, not a rejection", async () => {
    const { stream, fail } = controlledStream();
    const source = readableStreamSource(stream);
    const ready = source.ready();
    fail(new Error("connection lost"));
    await ready;
    expect(source.state).toBe("failed");
    expect(source.failure?.message).toBe("connection lost");
  });

  it("cancels the stream when it is cancelled or the request ends", () => {
    const first = controlledStream();
    readableStreamSource(first.stream).cancel();
    expect(first.seen.cancelled).toBe(true);

    const second = controlledStream();
    const request = new AbortController();
    const source = readableStreamSource(second.stream, request.signal);
    request.abort();
    expect([second.seen.cancelled, source.state]).toEqual([true, "ended"]);
  });

  it("lets go of a reader that waits when it is cancelled", async () => {
    const { stream } = controlledStream();
    const source = readableStreamSource(stream);
    const ready = source.ready();
    source.cancel();
    await ready;
    expect(source.state).toBe("ended");
  });
});

describe("bytesSource", () => {
  it("gives its bytes, then ends", async () => {
    expect(await readAll(bytesSource(utf8("abc")), 2)).toEqual(["ab", "c"]);
    expect(emptySource().state).toBe("ended");
  });

  it("has nothing left once cancelled", () => {
    const source = bytesSource(utf8("abc"));
    source.cancel();
    expect([source.take(3).length, source.state]).toEqual([0, "ended"]);
  });
});
