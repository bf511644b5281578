import { describe, expect, it } from "vitest";
import { bytesSource } from "./bytes-source.ts";
import { outcome, testContext, text, utf8 } from "./context-for-tests.ts";
import { createPipe } from "./pipe.ts";
import { IoError } from "./wasi-io-error.ts";
import { InputStream } from "./wasi-io-input-stream.ts";
import { OutputStream } from "./wasi-io-output-stream.ts";
import { poll, Pollable, readyPollable } from "./wasi-io-poll.ts";
import { Wakeup } from "./wakeup.ts";

const closed = { err: { tag: "closed" } };

function manualPollable(context = testContext()) {
  const wakeup = new Wakeup();
  const waitable = { isReady: false, ready: () => wakeup.wait() };
  return { pollable: new Pollable(waitable, context), waitable, wakeup };
}

describe("poll", () => {
  it("answers at once, without suspending the guest, when something is ready", () => {
    const context = testContext();
    const list = [manualPollable().pollable, readyPollable(context), readyPollable(context)];
    expect(poll(context, list)).toEqual(Uint32Array.of(1, 2));
    expect(context.suspensions).toBe(0);
  });

  it("waits on all of them, and ignores a stir that made nothing ready", async () => {
    const context = testContext();
    const first = manualPollable();
    const second = manualPollable();
    const answer = poll(context, [first.pollable, second.pollable]);
    first.wakeup.wake();
    await Promise.resolve();
    second.waitable.isReady = true;
    second.wakeup.wake();
    expect(await answer).toEqual(Uint32Array.of(1));
    expect(context.suspensions).toBe(1);
  });

  it("traps on an empty list", () => {
    expect(() => poll(testContext(), [])).toThrow("empty list");
  });
});

describe("Pollable.block", () => {
  it("suspends only when it has to wait, and until it is ready", async () => {
    const context = testContext();
    expect(readyPollable(context).block()).toBeUndefined();
    const { pollable, waitable, wakeup } = manualPollable(context);
    let done = false;
    const blocked = Promise.resolve(pollable.block()).then(() => (done = true));
    wakeup.wake();
    await Promise.resolve();
    await Promise.resolve();
    expect(done).toBe(false);
    waitable.isReady = true;
    wakeup.wake();
    await blocked;
    expect(context.suspensions).toBe(1);
  });
});

describe("InputStream", () => {
  it("reads what is there, then is closed", () => {
    const stream = new InputStream(bytesSource(utf8("abc")), testContext());
    expect(text(stream.read(2n))).toBe("ab");
    expect(stream.skip(10n)).toBe(1n);
    expect(outcome(() => stream.read(1n))).toEqual(closed);
    expect(outcome(() => stream.blockingRead(1n))).toEqual(closed);
  });

  it("takes a length of 2^64 - 1", () => {
    expect(text(new InputStream(bytesSource(utf8("abc")), testContext()).read(2n ** 64n - 1n))).toBe("abc");
  });

  it("waits in blocking-read, not in read", async () => {
    const context = testContext();
    const { sink, source } = createPipe();
    const stream = new InputStream(source, context);
    expect(stream.read(5n)).toHaveLength(0);
    expect(stream.blockingRead(0n)).toHaveLength(0);
    const read = stream.blockingRead(5n);
    const skipped = (async () => {
      await read;
      return stream.blockingSkip(5n);
    })();
    sink.write(utf8("one"));
    expect(text(await read)).toBe("one");
    sink.write(utf8("three"));
    expect(await skipped).toBe(5n);
    expect(context.suspensions).toBeGreaterThan(0);
  });

  it("tells a failure once, after the bytes before it, and is closed from then on", async () => {
    const { sink, source } = createPipe();
    const stream = new InputStream(source, testContext());
    sink.write(utf8("a"));
    sink.fail(new Error("reset"));
    expect(text(stream.read(9n))).toBe("a");
    const failed = outcome(() => stream.read(9n)) as { err: { tag: string; val: IoError } };
    expect(failed.err.tag).toBe("last-operation-failed");
    expect(failed.err.val).toBeInstanceOf(IoError);
    expect(failed.err.val.toDebugString()).toBe("reset");
    expect(outcome(() => stream.read(9n))).toEqual(closed);
  });

  it("is ready to be read at its end", () => {
    const { sink, source } = createPipe();
    const pollable = new InputStream(source, testContext()).subscribe();
    expect(pollable.ready()).toBe(false);
    sink.end();
    expect(pollable.ready()).toBe(true);
  });
});

describe("OutputStream", () => {
  it("traps when more is written than check-write allowed", () => {
    const { sink } = createPipe(4);
    const stream = new OutputStream(sink, testContext());
    expect(stream.checkWrite()).toBe(4n);
    expect(() => stream.write(utf8("abcde"))).toThrow("check-write allowed 4");
    expect(() => stream.writeZeroes(5n)).toThrow("check-write allowed 4");
    expect(() => stream.blockingWriteAndFlush(new Uint8Array(4097))).toThrow("4096");
    expect(() => stream.blockingWriteZeroesAndFlush(4097n)).toThrow("4096");
  });

  it("does not suspend a blocking write that fits", () => {
    const context = testContext();
    const { sink, source } = createPipe(8);
    const stream = new OutputStream(sink, context);
    expect(stream.blockingWriteAndFlush(utf8("abc"))).toBeUndefined();
    expect(stream.blockingWriteZeroesAndFlush(2n)).toBeUndefined();
    expect(text(source.take(9))).toBe("abc\0\0");
    expect(context.suspensions).toBe(0);
  });

  it("writes through a full pipe as the reader makes room, in one suspension", async () => {
    const context = testContext();
    const { sink, source } = createPipe(2);
    const stream = new OutputStream(sink, context);
    const writing = stream.blockingWriteAndFlush(utf8("abcde"));
    let read = "";
    while (read.length < 5) {
      await source.ready();
      read += text(source.take(10));
    }
    await writing;
    expect([read, context.suspensions]).toEqual(["abcde", 1]);
  });

  it("is closed when the reader has gone, also for a writer that waits", async () => {
    const { sink, source } = createPipe(1);
    const stream = new OutputStream(sink, testContext());
    stream.write(utf8("a"));
    const waiting = stream.blockingFlush();
    source.cancel();
    await expect(waiting).rejects.toMatchObject({ payload: { tag: "closed" } });
    expect(outcome(() => stream.checkWrite())).toEqual(closed);
    expect(outcome(() => stream.write(utf8("b")))).toEqual(closed);
    expect(outcome(() => stream.flush())).toEqual(closed);
  });

  it("splices what is there and fits", () => {
    const { sink, source } = createPipe(3);
    const stream = new OutputStream(sink, testContext());
    const input = new InputStream(bytesSource(utf8("abcdef")), testContext());
    expect(stream.splice(input, 2n)).toBe(2n);
    expect(stream.splice(input, 9n)).toBe(1n);
    expect(stream.splice(input, 9n)).toBe(0n);
    expect(text(source.take(9))).toBe("abc");
    expect(stream.splice(input, 9n)).toBe(3n);
    source.take(9);
    expect(outcome(() => stream.splice(input, 9n))).toEqual(closed);
  });

  it("waits in blocking-splice for room, for bytes, and until the reader has taken some of them", async () => {
    const to = createPipe(2);
    const from = createPipe();
    const stream = new OutputStream(to.sink, testContext());
    stream.write(utf8("xx"));
    const moved = stream.blockingSplice(new InputStream(from.source, testContext()), 10n);
    to.source.take(2);
    from.sink.write(utf8("abc"));
    await to.source.ready();
    expect(text(to.source.take(9))).toBe("ab");
    expect(await moved).toBe(2n);
  });

  it("does not suspend a blocking-splice that fits", () => {
    const context = testContext();
    const to = createPipe(8);
    const stream = new OutputStream(to.sink, context);
    expect(stream.blockingSplice(new InputStream(bytesSource(utf8("abc")), context), 2n)).toBe(2n);
    expect(context.suspensions).toBe(0);
    const filled = stream.blockingSplice(new InputStream(bytesSource(utf8("defghi")), context), 9n);
    expect(text(to.source.take(9))).toBe("abdefghi");
    expect(context.suspensions).toBe(1);
    return expect(filled).resolves.toBe(6n);
  });
});
