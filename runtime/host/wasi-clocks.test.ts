import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { testContext } from "./context-for-tests.ts";
import { wasiClocks } from "./wasi-clocks.ts";
import { poll, type Pollable } from "./wasi-io-poll.ts";

interface MonotonicClock {
  now(): bigint;
  resolution(): bigint;
  subscribeInstant(at: bigint): Pollable;
  subscribeDuration(duration: bigint): Pollable;
}

const milliseconds = (count: number): bigint => BigInt(count) * 1_000_000n;
const clockOf = (context = testContext()) => wasiClocks["wasi:clocks/monotonic-clock@0.2"]?.(context) as MonotonicClock;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("wasi:clocks/monotonic-clock", () => {
  it("counts nanoseconds", () => {
    const clock = clockOf();
    const before = clock.now();
    vi.advanceTimersByTime(3);
    expect(clock.now() - before).toBe(milliseconds(3));
    expect(clock.resolution()).toBeGreaterThan(0n);
  });

  it("has pollables that are ready at once for what is past, and sets no timer for them", () => {
    const clock = clockOf();
    expect(clock.subscribeDuration(0n).ready()).toBe(true);
    expect(clock.subscribeInstant(clock.now() - 1n).ready()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("has pollables that become ready with time, waited for or not", () => {
    const pollable = clockOf().subscribeDuration(milliseconds(5));
    vi.advanceTimersByTime(4);
    expect(pollable.ready()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(pollable.ready()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("wakes a poll at the first of several, and keeps one timer for each", async () => {
    const context = testContext();
    const clock = clockOf(context);
    const list = [clock.subscribeDuration(milliseconds(50)), clock.subscribeDuration(milliseconds(10))];
    const first = poll(context, list);
    void poll(context, list);
    expect(vi.getTimerCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(10);
    expect(await first).toEqual(Uint32Array.of(1));
  });

  it("waits for longer than one timer can", async () => {
    const month = 31 * 24 * 3600 * 1000;
    const pollable = clockOf().subscribeDuration(milliseconds(month));
    const blocked = pollable.block();
    await vi.advanceTimersByTimeAsync(0x7fff_ffff);
    expect(pollable.ready()).toBe(false);
    await vi.advanceTimersByTimeAsync(month - 0x7fff_ffff);
    await blocked;
    expect(pollable.ready()).toBe(true);
  });

  it("gives up the timer of a pollable that the guest drops", () => {
    const pollable = clockOf().subscribeDuration(milliseconds(1000));
    void pollable.block();
    expect(vi.getTimerCount()).toBe(1);
    pollable[Symbol.dispose]();
    pollable[Symbol.dispose]();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("gives up its timers at the end of the request", () => {
    const context = testContext();
    void clockOf(context).subscribeDuration(milliseconds(1000)).block();
    expect(vi.getTimerCount()).toBe(1);
    context.end();
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("wasi:clocks/wall-clock splits the time into seconds and nanoseconds", () => {
  vi.setSystemTime(1_700_000_000_250);
  const clock = wasiClocks["wasi:clocks/wall-clock@0.2"]?.(testContext()) as { now(): unknown };
  expect(clock.now()).toEqual({ seconds: 1_700_000_000n, nanoseconds: 250_000_000 });
});
