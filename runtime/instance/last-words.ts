import { PlaygroundError } from "../errors.ts";

/** A handler that rejected; the error's text follows in the same line. */
const rejected = "Error while running request handler: ";
/** A listener that threw; the error stands in the next line, after its place. */
const thrown = "Exception while ";

/** Of the bundle, which the person never sees; the log has their own file and line. */
const place = /^\S+:\d+:\d+ /;

/** Picks out of a guest's stderr what StarlingMonkey prints there about an error that a handler threw. */
export class LastWords {
  /** The first error of a handler. */
  failure: PlaygroundError | undefined;
  #errorFollows = false;

  heard(line: string): void {
    if (this.failure !== undefined) return;
    if (this.#errorFollows) this.#set(line.replace(place, ""));
    else if (line.startsWith(rejected)) this.#set(line.slice(rejected.length));
    else this.#errorFollows = line.startsWith(thrown);
  }

  #set(text: string): void {
    this.failure = new PlaygroundError("instance-failed", `The handler threw: ${text}`);
  }
}
