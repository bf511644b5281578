/** Requests for one path, a number of them at a time. */
export interface Load {
  path: string;
  /** The text of the right answer; any other ends the measurement with an error. */
  expected: string;
  /** How many in all, if that takes no longer than `mostMilliseconds`: no request is begun after them. */
  count: number;
  mostMilliseconds: number;
  /** How many are under way at any time: each lane sends its next request when the last one was answered. */
  lanes: number;
  /** In a studio page: by `playground.request`, past the service worker. */
  direct?: boolean;
}

export type Ask = (path: string) => Promise<{ status: number; text: string }>;

export interface Driven {
  /** From sending each request to having its whole body, in milliseconds. */
  samples: number[];
  /** From the first request to the last answer. */
  milliseconds: number;
}

/** Runs in a page, with `fetch` or `playground.request`, or in Node with another way to ask. It uses nothing from outside. */
export async function drive(load: Load, given?: Ask): Promise<Driven> {
  const ask: Ask =
    given ??
    (async (path) => {
      const response = load.direct ? await window.playground.request(path) : await fetch(path, { cache: "no-store" });
      return { status: response.status, text: await response.text() };
    });
  const samples: number[] = [];
  const start = performance.now();
  let left = load.count;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const begin = performance.now();
      if (begin - start > load.mostMilliseconds) return;
      const { status, text } = await ask(load.path);
      samples.push(performance.now() - begin);
      if (status !== 200 || text !== load.expected) throw new Error(`${load.path} answers ${status} "${text}".`);
    }
  };
  await Promise.all(Array.from({ length: load.lanes }, lane));
  return { samples, milliseconds: performance.now() - start };
}
