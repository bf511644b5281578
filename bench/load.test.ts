import { expect, it } from "vitest";
import { drive, type Ask } from "./load.ts";

const answering =
  (text: string, status = 200): Ask =>
  () =>
    Promise.resolve({ status, text });
const load = { path: "/", expected: "hello", count: 20, lanes: 1, mostMilliseconds: 60_000 };

it("sends as many requests as it shall, and times each", async () => {
  const { samples, milliseconds } = await drive({ ...load, lanes: 3 }, answering("hello"));
  expect(samples).toHaveLength(20);
  expect(milliseconds).toBeGreaterThanOrEqual(Math.max(...samples));
});

it("has as many requests under way as there are lanes, never more", async () => {
  let [underWay, most] = [0, 0];
  await drive({ ...load, lanes: 8 }, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 1));
    underWay -= 1;
    return { status: 200, text: "hello" };
  });
  expect(most).toBe(8);
});

it("begins no request when its time is over", async () => {
  const { samples } = await drive({ ...load, mostMilliseconds: -1 }, answering("hello"));
  expect(samples).toEqual([]);
});

it("ends with any other answer than the right one", async () => {
  await expect(drive(load, answering("goodbye"))).rejects.toThrow('/ answers 200 "goodbye".');
  await expect(drive(load, answering("hello", 500))).rejects.toThrow('/ answers 500 "hello".');
});
