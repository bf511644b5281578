import { openMeasuredApplication } from "../measured-application.ts";
import type { Part } from "../part.ts";
import { withQuietBrowser } from "../quiet-browser.ts";
import type { Measurement } from "../report.ts";

const bytes = 1024 * 1024;

/** Bodies of 1 MiB in both directions, and how long a written chunk takes to the reader, through the service worker. */
export const streamsPart: Part = {
  name: "streams",
  title: "Streamed bodies, through the service worker",
  measure: ({ studioUrl }) =>
    withQuietBrowser(async (browser) => {
      const { page } = await openMeasuredApplication(browser, studioUrl);
      const first: number[] = [];
      const later: number[] = [];
      for (const delays of await page.evaluate(timeChunks, { count: 40, path: "/chunks/4/25" })) {
        first.push(...delays.slice(0, 1));
        later.push(...delays.slice(1));
      }
      return [
        {
          id: "stream/response",
          name: "1 MiB response",
          samples: await page.evaluate(timeResponses, { count: 60, bytes }),
        },
        {
          id: "stream/request",
          name: "1 MiB request",
          samples: await page.evaluate(timeRequests, { count: 60, bytes }),
        },
        {
          id: "stream/first",
          name: "first chunk, from written to read",
          samples: first,
          limit: { of: "median", atMost: 10 },
        },
        { id: "stream/later", name: "later chunks, from written to read", samples: later },
      ] satisfies Measurement[];
    }),
};

/** Runs in a page of the application origin. */
async function timeResponses({ count, bytes }: { count: number; bytes: number }): Promise<number[]> {
  const samples: number[] = [];
  for (let index = -5; index < count; index += 1) {
    const begin = performance.now();
    const response = await fetch(`/bytes/${bytes}`, { cache: "no-store" });
    let received = 0;
    for await (const chunk of response.body ?? []) received += chunk.length;
    if (received !== bytes) throw new Error(`${received} bytes came, of ${bytes}.`);
    if (index >= 0) samples.push(performance.now() - begin);
  }
  return samples;
}

/** Runs in a page of the application origin. */
async function timeRequests({ count, bytes }: { count: number; bytes: number }): Promise<number[]> {
  const samples: number[] = [];
  const body = new Uint8Array(bytes);
  for (let index = -5; index < count; index += 1) {
    const begin = performance.now();
    const response = await fetch("/sink", { method: "POST", body });
    const received = await response.text();
    if (received !== String(bytes)) throw new Error(`The guest got "${received}", of ${bytes} bytes.`);
    if (index >= 0) samples.push(performance.now() - begin);
  }
  return samples;
}

/**
 * Runs in a page of the application origin. Each line of the response is the time at which the guest wrote it; gives the
 * milliseconds from then to here, in steps of one, for every line of every response.
 */
async function timeChunks({ count, path }: { count: number; path: string }): Promise<number[][]> {
  const samples: number[][] = [];
  for (let index = -5; index < count; index += 1) {
    const response = await fetch(path, { cache: "no-store" });
    const delays: number[] = [];
    for await (const lines of (response.body ?? new ReadableStream<BufferSource>()).pipeThrough(
      new TextDecoderStream(),
    )) {
      // The guest wrote each line in one piece; when the machine is slow, several come together.
      if (!/^(\d+\n)+$/.test(lines)) throw new Error(`A chunk of ${path} is not made of lines: "${lines}".`);
      for (const written of lines.trimEnd().split("\n")) delays.push(Date.now() - Number(written));
    }
    if (index >= 0) samples.push(delays);
  }
  return samples;
}
