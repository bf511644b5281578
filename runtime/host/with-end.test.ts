import { expect, it, vi } from "vitest";
import { bytesSource } from "./bytes-source.ts";
import { createPipe } from "./pipe.ts";
import { withEnd } from "./with-end.ts";

it("tells when the last byte was taken and the end was seen, once", () => {
  const onEnd = vi.fn();
  const source = withEnd(bytesSource(new Uint8Array([1, 2])), onEnd);
  expect(source.state).toBe("open");
  expect([...source.take(10)]).toEqual([1, 2]);
  expect(onEnd).not.toHaveBeenCalled();
  expect(source.state).toBe("ended");
  expect(source.state).toBe("ended");
  expect(onEnd).toHaveBeenCalledTimes(1);
});

it("tells when the source fails, and keeps the failure", () => {
  const onEnd = vi.fn();
  const pipe = createPipe();
  const source = withEnd(pipe.source, onEnd);
  const failure = new Error("broken");
  pipe.sink.fail(failure);
  expect([source.state, source.failure]).toEqual(["failed", failure]);
  expect(onEnd).toHaveBeenCalledTimes(1);
});

it("tells when the reader wants no more", () => {
  const onEnd = vi.fn();
  const pipe = createPipe();
  withEnd(pipe.source, onEnd).cancel();
  expect(onEnd).toHaveBeenCalledTimes(1);
  expect(pipe.sink.state).toBe("closed");
});
