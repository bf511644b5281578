import { describe, expect, it } from "vitest";
import type { PublishedMessage } from "../protocol.ts";
import { createTestLocks } from "./locks-for-tests.ts";
import { createPublisher, listen } from "./published.ts";

const payload = Uint8Array.of(1, 2);
const topic = { type: "redis", server: "server:6379", channel: "news" } as const;

/** Listens, and gives each message to whoever waits for the next. */
async function listener(locks: ReturnType<typeof createTestLocks>, signal: AbortSignal, wanted = topic) {
  const heard: PublishedMessage[] = [];
  let wake = (): void => undefined;
  await listen(wanted, (message) => (heard.push(message), wake()), signal, locks);
  return {
    heard,
    next: async () => {
      const before = heard.length;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      return heard[before];
    },
  };
}

describe("published messages", () => {
  it("are heard by those who listen to their topic, and by nobody else", async () => {
    const locks = createTestLocks();
    const end = new AbortController();
    const [first, second] = [await listener(locks, end.signal), await listener(locks, end.signal)];
    const other = await listener(locks, end.signal, { ...topic, channel: "sports" } as unknown as typeof topic);
    const next = Promise.all([first.next(), second.next()]);
    createPublisher(locks).send({ ...topic, payload });
    expect(await next).toEqual([
      { ...topic, payload },
      { ...topic, payload },
    ]);
    expect(other.heard).toEqual([]);
    end.abort();
  });

  it("have as many listeners as hold on to their topic", async () => {
    const locks = createTestLocks();
    const publisher = createPublisher(locks);
    const [one, two] = [new AbortController(), new AbortController()];
    expect(await publisher.countListeners(topic)).toBe(0);
    await listener(locks, one.signal);
    await listener(locks, two.signal);
    expect(await publisher.countListeners(topic)).toBe(2);
    expect(await publisher.countListeners({ ...topic, type: "mqtt" })).toBe(0);
    one.abort();
    await expect.poll(() => publisher.countListeners(topic)).toBe(1);
    two.abort();
    await expect.poll(() => publisher.countListeners(topic)).toBe(0);
  });
});
