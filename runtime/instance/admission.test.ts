import { expect, test } from "vitest";
import { Admission } from "./admission.ts";

const never = new AbortController().signal;

test("admits up to the limit, then in order", async () => {
  const admission = new Admission({ live: 1, waiting: 2 });
  const order: string[] = [];
  const leaveFirst = await admission.enter(never);
  const second = admission.enter(never).then((leave) => (order.push("second"), leave));
  const third = admission.enter(never).then((leave) => (order.push("third"), leave));
  await expect(admission.enter(never)).rejects.toMatchObject({ code: "limit-exceeded" });
  expect(order).toEqual([]);
  leaveFirst();
  leaveFirst();
  (await second)();
  (await third)();
  expect(order).toEqual(["second", "third"]);
});

test("a request that is aborted while it waits gives up its place", async () => {
  const admission = new Admission({ live: 1, waiting: 5 });
  const leave = await admission.enter(never);
  const abort = new AbortController();
  const waiting = admission.enter(abort.signal);
  abort.abort();
  await expect(waiting).rejects.toMatchObject({ code: "instance-failed" });
  const next = admission.enter(never);
  leave();
  await expect(next).resolves.toBeTypeOf("function");
});

test("a raised limit admits those who wait", async () => {
  const admission = new Admission({ live: 1, waiting: 5 });
  await admission.enter(never);
  const waiting = admission.enter(never);
  admission.configure({ live: 2, waiting: 5 });
  await expect(waiting).resolves.toBeTypeOf("function");
});

test("a request within others finds a place when those that it lies within have all of theirs", async () => {
  const admission = new Admission({ live: 4, waiting: 9 });
  const order: string[] = [];
  const enter = (name: string, depth: number) =>
    admission.enter(never, { depth, deepest: 2 }).then((leave) => (order.push(name), leave));
  await Promise.all([enter("a", 0), enter("b", 0)]);
  void enter("c", 0);
  const leaveInner = await enter("a/1", 1);
  void enter("b/1", 1);
  (await enter("a/1/1", 2))();
  expect(order).toEqual(["a", "b", "a/1", "a/1/1"]);
  // One that others wait for comes before those that came before it.
  leaveInner();
  await expect.poll(() => order.at(-1)).toBe("b/1");
});

test("a request within another needs an instance beside that of the other", async () => {
  const admission = new Admission({ live: 1, waiting: 5 });
  await expect(admission.enter(never, { depth: 1, deepest: 5 })).rejects.toMatchObject({ code: "limit-exceeded" });
});
