import { describe, expect, it } from "vitest";
import { text, utf8 } from "./context-for-tests.ts";
import { createPipe, takeChunks } from "./pipe.ts";

describe("createPipe", () => {
  it("gives back what was written, in pieces of the reader's size", () => {
    const { sink, source } = createPipe(100);
    sink.write(utf8("hello "));
    sink.write(utf8("world"));
    expect(text(source.take(3))).toBe("hel");
    expect(text(source.take(5))).toBe("lo wo");
    expect(text(source.take(100))).toBe("rld");
    expect(source.take(100)).toHaveLength(0);
    expect(source.state).toBe("open");
  });

  it("stops the writer when it is full, and wakes it when the reader has taken something", async () => {
    const { sink, source } = createPipe(4);
    sink.write(utf8("abcd"));
    expect([sink.capacity, sink.isReady]).toEqual([0, false]);
    let woken = false;
    const waiting = sink.ready().then(() => (woken = true));
    await Promise.resolve();
    expect(woken).toBe(false);
    source.take(1);
    await waiting;
    expect(sink.capacity).toBe(1);
  });

  it("wakes a reader that waits when bytes come, and when the end comes", async () => {
    const { sink, source } = createPipe();
    const bytes = source.ready();
    expect(source.isReady).toBe(false);
    sink.write(utf8("x"));
    await bytes;
    source.take(1);
    const end = source.ready();
    sink.end();
    await end;
    expect(source.state).toBe("ended");
  });

  it("shows the end only after every byte before it was taken", () => {
    const { sink, source } = createPipe();
    sink.write(utf8("ab"));
    sink.end();
    expect(source.state).toBe("open");
    source.take(2);
    expect(source.state).toBe("ended");
    expect(sink.state).toBe("closed");
  });

  it("shows a failure only after every byte before it was taken, and keeps the first one", () => {
    const { sink, source } = createPipe();
    const broken = new Error("broken");
    sink.write(utf8("ab"));
    sink.fail(broken);
    sink.fail(new Error("again"));
    sink.end();
    expect([source.state, source.failure]).toEqual(["open", undefined]);
    source.take(2);
    expect([source.state, source.failure]).toEqual(["failed", broken]);
    expect([sink.state, sink.failure]).toEqual(["failed", broken]);
  });

  it("tells a waiting writer that the reader has gone, and drops what it writes after that", async () => {
    const { sink, source } = createPipe(2);
    sink.write(utf8("ab"));
    const waiting = sink.ready();
    source.cancel();
    await waiting;
    expect(sink.state).toBe("closed");
    sink.write(utf8("c"));
    expect(source.take(10)).toHaveLength(0);
    expect(source.state).toBe("ended");
  });

  it("counts what was written, read or not", () => {
    const pipe = createPipe();
    pipe.sink.write(utf8("abc"));
    pipe.source.take(2);
    pipe.sink.write(utf8("d"));
    expect(pipe.written).toBe(4);
  });
});

describe("takeChunks", () => {
  it("hands a whole chunk over without a copy", () => {
    const chunk = utf8("abc");
    expect(takeChunks([chunk, utf8("d")], 3)).toBe(chunk);
  });

  it("joins chunks, and leaves the rest", () => {
    const chunks = [utf8("ab"), utf8("cd"), utf8("ef")];
    expect(text(takeChunks(chunks, 5))).toBe("abcde");
    expect(chunks.map(text)).toEqual(["f"]);
  });
});
