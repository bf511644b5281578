import { afterEach, describe, expect, it, vi } from "vitest";
import { GlueTimers } from "./glue-timers.ts";

const open: GlueTimers[] = [];
function createTimers(): GlueTimers {
  const timers = new GlueTimers();
  open.push(timers);
  return timers;
}

afterEach(() => {
  for (const timers of open.splice(0)) timers.close();
  vi.restoreAllMocks();
});

/** A glue as jco makes it: it looks every 10 ms whether `isReady`, and after a short while does it. */
function poll(timers: GlueTimers, isReady: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => (isReady() ? resolve() : timers.setTimeout(look, 10));
    timers.setTimeout(look, 10);
  });
}

describe("the timers of asynchronous glue", () => {
  it("look at once when the host tells of progress, without a timer of the platform", async () => {
    const timers = createTimers();
    let isReady = false;
    const done = poll(timers, () => isReady);
    await timers.idle();
    const real = vi.spyOn(globalThis, "setTimeout");
    isReady = true;
    timers.progress();
    await done;
    expect(real).not.toHaveBeenCalled();
  });

  it("look by themselves now and then, should nobody tell", async () => {
    let isReady = false;
    const done = poll(createTimers(), () => isReady);
    isReady = true;
    await done;
  });

  it("do what is due at once, in turns of the event loop", async () => {
    const timers = createTimers();
    const order: string[] = [];
    const done = new Promise<void>((resolve) => {
      timers.setTimeout(() => {
        order.push("due");
        resolve();
      }, 0);
    });
    order.push("after");
    await done;
    expect(order).toEqual(["after", "due"]);
  });

  it("ask an interval in each turn until it is cleared", async () => {
    const timers = createTimers();
    let asked = 0;
    await new Promise<void>((resolve) => {
      const id = timers.setInterval(() => {
        asked += 1;
        if (asked < 3) return;
        timers.clearInterval(id);
        resolve();
      });
    });
    await timers.idle();
    expect(asked).toBe(3);
  });

  it("come to rest: a guest that waits costs no turns", async () => {
    const timers = createTimers();
    const turns = { enter: vi.fn(), leave: vi.fn() };
    timers.onTurns = turns;
    void poll(timers, () => false);
    timers.progress();
    await timers.idle();
    expect(turns.leave).toHaveBeenCalledTimes(1);
  });

  it("tell of the end of the task, once, and of what ended it", async () => {
    const timers = createTimers();
    const end = timers.taskEnd();
    timers.taskEnded(new Error("unreachable"));
    timers.taskEnded();
    await expect(end).rejects.toThrow("unreachable");
    await expect(timers.taskEnd()).rejects.toThrow("unreachable");
    const well = createTimers();
    well.taskEnded();
    await expect(well.taskEnd()).resolves.toBeUndefined();
  });

  it("do nothing any more once the instance is over", async () => {
    const timers = createTimers();
    const late = vi.fn();
    timers.setTimeout(late, 0);
    timers.setInterval(late);
    timers.close();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(late).not.toHaveBeenCalled();
  });
});
