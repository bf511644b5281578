import { expect, it, vi } from "vitest";
import { once } from "./once.ts";

it("works once, but again after a failure", async () => {
  const work = vi.fn().mockRejectedValueOnce(new Error("offline")).mockResolvedValue(1);
  const result = once(work);
  await expect(result()).rejects.toThrow("offline");
  expect(await Promise.all([result(), result()])).toEqual([1, 1]);
  expect(work).toHaveBeenCalledTimes(2);
});
