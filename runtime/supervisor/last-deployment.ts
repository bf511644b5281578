import { forgetDeployment, rememberDeployment, type DatedDeployment } from "../component/component-cache.ts";
import type { Announcements } from "./announcements.ts";

/**
 * Writes down what the origin runs, for the next visit and for engines without a studio. One write comes after the other:
 * to store an application takes longer than to forget one, and what was said last must stand in the end.
 */
export class LastDeployment {
  readonly #announcements: Pick<Announcements, "announce">;
  #writing: Promise<void> = Promise.resolve();

  constructor(announcements: Pick<Announcements, "announce">) {
    this.#announcements = announcements;
  }

  /** Settles (never rejects) when it is stored. Does nothing if it is not the current one any more when its turn comes. */
  remember(stored: DatedDeployment, isCurrent: () => boolean): Promise<void> {
    return this.#next(async () => {
      if (!isCurrent()) return;
      await rememberDeployment(stored);
      this.#announcements.announce({ type: "stored" });
    });
  }

  /** @param since when the studio stopped the application */
  forget(since: number): Promise<void> {
    return this.#next(async () => {
      await forgetDeployment();
      this.#announcements.announce({ type: "stopped", since });
    });
  }

  #next(write: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing
      .then(write)
      .catch((error: unknown) => console.warn("What the next visit starts with could not be stored:", error));
    return this.#writing;
  }
}
