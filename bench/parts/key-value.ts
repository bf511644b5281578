import { openMeasuredApplication } from "../measured-application.ts";
import type { Part } from "../part.ts";
import { withQuietBrowser } from "../quiet-browser.ts";
import type { Measurement } from "../report.ts";

const rounds = 25;
const callsPerRound = 100;

/** What a blocking call of the key-value interface takes inside a guest, beside the same in plain IndexedDB. */
export const keyValuePart: Part = {
  name: "key-value",
  title: "Key-value",
  measure: ({ studioUrl }) =>
    withQuietBrowser(async (browser) => {
      const { studio, page } = await openMeasuredApplication(browser, studioUrl);
      await page.evaluate(startRawWorker, `(${rawIndexedDb.toString()})()`);
      const samples = {
        rawSet: [] as number[],
        guestSet: [] as number[],
        rawGet: [] as number[],
        guestGet: [] as number[],
      };
      for (let round = -1; round < rounds; round += 1) {
        const measured = {
          rawSet: await page.evaluate(askRawWorker, { operation: "set" as const, calls: callsPerRound }),
          guestSet: await studio.evaluate(askGuest, `/set/${callsPerRound}`),
          rawGet: await page.evaluate(askRawWorker, { operation: "get" as const, calls: callsPerRound }),
          guestGet: await studio.evaluate(askGuest, `/get/${callsPerRound}`),
        };
        // The first round opens the databases.
        if (round < 0) continue;
        for (const name of ["rawSet", "guestSet", "rawGet", "guestGet"] as const) samples[name].push(measured[name]);
      }
      return [
        { id: "kv/raw-get", name: "get, plain IndexedDB", samples: samples.rawGet },
        {
          id: "kv/get",
          name: "get, inside a guest",
          samples: samples.guestGet,
          base: { id: "kv/raw-get", compare: "median" },
          limit: { of: "ratio", atMost: 2 },
        },
        { id: "kv/raw-set", name: "set, plain IndexedDB", samples: samples.rawSet },
        {
          id: "kv/set",
          name: "set, inside a guest",
          samples: samples.guestSet,
          base: { id: "kv/raw-set", compare: "median" },
        },
      ] satisfies Measurement[];
    }),
};

/** Runs in the studio page. Milliseconds for one call, by the guest's own clock. */
async function askGuest(path: string): Promise<number> {
  const response = await window.playground.request(path);
  const { calls, nanoseconds } = (await response.json()) as { calls: number; nanoseconds: number };
  return nanoseconds / calls / 1e6;
}

/** The page on which the worker was started. */
interface RawPage {
  rawIndexedDbWorker: Worker;
}

/** Runs in a page of the application origin: a worker like the instance workers, with a database of its own. */
async function startRawWorker(source: string): Promise<void> {
  const script = new Blob([`const __name = (value) => value;${source}`], { type: "text/javascript" });
  const worker = new Worker(URL.createObjectURL(script));
  (globalThis as unknown as RawPage).rawIndexedDbWorker = worker;
  await new Promise((resolve) => worker.addEventListener("message", resolve, { once: true }));
}

interface RawPlan {
  operation: "get" | "set";
  calls: number;
}

/** Runs in a page of the application origin. Milliseconds for one call. */
function askRawWorker(plan: RawPlan): Promise<number> {
  const worker = (globalThis as unknown as RawPage).rawIndexedDbWorker;
  return new Promise((resolve) => {
    worker.addEventListener("message", ({ data }: MessageEvent<number>) => resolve(data), { once: true });
    worker.postMessage(plan);
  });
}

/**
 * Runs in a worker. Each call has a transaction of its own, as in the engine; a get is over with its value, a set when
 * its transaction has completed.
 */
function rawIndexedDb(): void {
  const key = ["default", "key"];
  const opened = indexedDB.open("bench-raw", 1);
  opened.addEventListener("upgradeneeded", () => opened.result.createObjectStore("entries"));
  opened.addEventListener("success", () => {
    const database = opened.result;
    const get = (): Promise<void> =>
      new Promise((resolve) => {
        const request = database.transaction("entries", "readonly").objectStore("entries").get(key);
        request.addEventListener("success", () => resolve());
      });
    const set = (): Promise<void> =>
      new Promise((resolve) => {
        const transaction = database.transaction("entries", "readwrite");
        transaction.objectStore("entries").put(new Uint8Array(5), key);
        transaction.addEventListener("complete", () => resolve());
      });
    const measure = async ({ operation, calls }: RawPlan): Promise<void> => {
      const call = operation === "get" ? get : set;
      const begin = performance.now();
      for (let left = calls; left > 0; left -= 1) await call();
      postMessage((performance.now() - begin) / calls);
    };
    addEventListener("message", ({ data }: MessageEvent<RawPlan>) => void measure(data));
    postMessage("ready");
  });
}
