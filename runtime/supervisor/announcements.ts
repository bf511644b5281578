import { engineChannel, type EngineAnnouncement } from "../protocol.ts";

/** What the pages of an application origin tell each other about its engines. */
export class Announcements {
  readonly #channel = new BroadcastChannel(engineChannel);

  announce(announcement: EngineAnnouncement): void {
    this.#channel.postMessage(announcement);
  }

  /** Hears what other pages announce. */
  onOther(listener: (announcement: EngineAnnouncement) => void): void {
    this.#channel.addEventListener("message", ({ data }: MessageEvent<EngineAnnouncement>) => listener(data));
  }
}
