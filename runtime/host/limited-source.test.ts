import { expect, test } from "vitest";
import { bytesSource } from "./bytes-source.ts";
import { text, utf8 } from "./context-for-tests.ts";
import { limitedSource } from "./limited-source.ts";
import { createPipe } from "./pipe.ts";

test("a stream as long as its limit is whole", () => {
  const source = limitedSource(bytesSource(utf8("1234")), 4, () => new Error("too long"));
  expect(text(source.take(10))).toBe("1234");
  expect(source.take(10)).toHaveLength(0);
  expect([source.state, source.failure]).toEqual(["ended", undefined]);
});

test("a longer one fails behind its limit, and its writer is told", () => {
  const { sink, source: written } = createPipe();
  const source = limitedSource(written, 4, () => new Error("too long"));
  sink.write(utf8("12345678"));
  expect(text(source.take(3))).toBe("123");
  expect(text(source.take(10))).toBe("4");
  expect(source.state).toBe("open");
  expect(source.take(10)).toHaveLength(0);
  expect([source.state, source.failure?.message, source.isReady]).toEqual(["failed", "too long", true]);
  expect(sink.state).toBe("closed");
});

test("a failure of the stream itself comes through", () => {
  const { sink, source: written } = createPipe();
  const source = limitedSource(written, 4, () => new Error("too long"));
  sink.write(utf8("12"));
  sink.fail(new Error("broken"));
  expect(text(source.take(10))).toBe("12");
  expect([source.state, source.failure?.message]).toEqual(["failed", "broken"]);
});
