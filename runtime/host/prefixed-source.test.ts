import { expect, it } from "vitest";
import { text, utf8 } from "./context-for-tests.ts";
import { createPipe } from "./pipe.ts";
import { prefixedSource } from "./prefixed-source.ts";

it("gives the first bytes, and then what the other stream gives", async () => {
  const pipe = createPipe();
  const source = prefixedSource(utf8("one"), pipe.source);
  expect(text(source.take(2)) + text(source.take(9))).toBe("one");
  expect([source.isReady, source.state]).toEqual([false, "open"]);
  const ready = source.ready();
  pipe.sink.write(utf8("two"));
  pipe.sink.fail(new Error("broken"));
  await ready;
  expect(text(source.take(9))).toBe("two");
  expect([source.state, source.failure?.message]).toEqual(["failed", "broken"]);
});

it("ends after the first bytes when there is no other", () => {
  const source = prefixedSource(utf8("all"), undefined);
  expect(text(source.take(9))).toBe("all");
  expect(source.state).toBe("ended");
});

it("tells the sender when the reader wants no more", () => {
  const pipe = createPipe();
  const source = prefixedSource(utf8("one"), pipe.source);
  source.cancel();
  expect([source.state, pipe.sink.state]).toEqual(["ended", "closed"]);
});
