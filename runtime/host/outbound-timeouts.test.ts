import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { utf8 } from "./context-for-tests.ts";
import { limitGaps, startHeadTimeouts } from "./outbound-timeouts.ts";
import { createPipe } from "./pipe.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const request = (timeouts: { connectTimeoutMs?: number; firstByteTimeoutMs?: number }) => ({
  method: "GET",
  url: "/",
  headers: [],
  body: undefined,
  signal: new AbortController().signal,
  ...timeouts,
});

describe("the time-outs of a response's head", () => {
  it("are Spin's ten minutes unless the guest has others", () => {
    const standard = startHeadTimeouts(request({}), () => undefined);
    const own = startHeadTimeouts(request({ firstByteTimeoutMs: 50 }), () => undefined);
    vi.advanceTimersByTime(50);
    expect([standard.signal.aborted, own.signal.aborted]).toEqual([false, true]);
    vi.advanceTimersByTime(600_000 - 50);
    expect(standard.signal.aborted).toBe(true);
  });

  it("may be as long as a guest likes", () => {
    const longest = startHeadTimeouts(request({ firstByteTimeoutMs: Number(2n ** 64n) / 1e6 }), () => undefined);
    vi.advanceTimersByTime(24 * 3600 * 1000);
    expect(longest.signal.aborted).toBe(false);
  });

  it("say that the one for the connection cannot be kept, and end with the head", () => {
    const said: string[] = [];
    const timeouts = startHeadTimeouts(request({ connectTimeoutMs: 10 }), (text) => said.push(text));
    vi.advanceTimersByTime(10);
    expect(timeouts.signal.aborted).toBe(false);
    expect(said).toEqual([expect.stringContaining("no answer after 10 ms, the connect-timeout")]);
    timeouts.clear();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the time-out between bytes", () => {
  it("fails the stream, tells the sender, and is told to the reader", async () => {
    const pipe = createPipe();
    const limited = limitGaps(pipe.source, 1000);
    const ready = limited.ready();
    await vi.advanceTimersByTimeAsync(1000);
    await ready;
    expect(limited.state).toBe("failed");
    expect(limited.failure).toMatchObject({ code: { tag: "connection-read-timeout" } });
    expect(limited.take(1)).toHaveLength(0);
    expect(pipe.sink.state).toBe("closed");
  });

  it("counts from when somebody waits, anew for each time", async () => {
    const pipe = createPipe();
    const limited = limitGaps(pipe.source, 1000);
    await vi.advanceTimersByTimeAsync(5000);
    for (const part of ["one", "two"]) {
      const ready = limited.ready();
      await vi.advanceTimersByTimeAsync(900);
      pipe.sink.write(utf8(part));
      await ready;
      expect(limited.take(9)).toEqual(utf8(part));
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  it("sets one timer, however often the reader asks, and none once it wants no more", () => {
    const limited = limitGaps(createPipe().source, 1000);
    void limited.ready();
    void limited.ready();
    expect(vi.getTimerCount()).toBe(1);
    limited.cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});
