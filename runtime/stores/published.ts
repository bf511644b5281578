import type { PublishedMessage } from "../protocol.ts";

/** The BroadcastChannel of the origin on which everything is heard that components publish. */
const channelName = "spin-published";

/** Messages that components publish, to whoever listens in any thread of the application's origin. */
export interface Publisher {
  /** The message goes to those who listen now; nothing is kept for later ones. */
  send(message: PublishedMessage): void;
  /** The number of listeners, in all threads, that said they want the messages of this topic. */
  countListeners(topic: Topic): Promise<number>;
}

/** What a listener wants: the messages of one channel of a Redis server, or of one topic of an MQTT broker. */
export type Topic = Pick<PublishedMessage, "type" | "server" | "channel">;

/** The part of Web Locks that is used here. */
export type Locks = Pick<LockManager, "query" | "request">;

/** The channel is opened by the first message: most applications publish nothing. */
export function createPublisher(locks: Locks = navigator.locks): Publisher {
  let channel: BroadcastChannel | undefined;
  return {
    send(message) {
      channel ??= new BroadcastChannel(channelName);
      channel.postMessage(message);
    },
    async countListeners(topic) {
      const { held = [] } = await locks.query();
      return held.filter(({ name }) => name === lockName(topic)).length;
    },
  };
}

/**
 * Hears the messages of a topic until `signal` aborts. Settles when messages that are published from now on are heard,
 * and counted by `countListeners`: each listener holds a shared lock of the topic, since nobody answers a broadcast.
 */
export async function listen(
  topic: Topic,
  listener: (message: PublishedMessage) => void,
  signal: AbortSignal,
  locks: Locks = navigator.locks,
): Promise<void> {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener("message", ({ data }: MessageEvent<PublishedMessage>) => {
    if (lockName(data) === lockName(topic)) listener(data);
  });
  const ended = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  await new Promise<void>((resolve, reject) => {
    locks
      .request(lockName(topic), { mode: "shared" }, () => {
        resolve();
        return signal.aborted ? undefined : ended;
      })
      .catch(reject)
      .finally(() => channel.close());
  });
}

function lockName({ type, server, channel }: Topic): string {
  return `spin-listener:${JSON.stringify([type, server, channel])}`;
}
