import { defaultLimits } from "../../runtime/protocol.ts";
import { drive } from "../load.ts";
import { openMeasuredApplication } from "../measured-application.ts";
import type { Part } from "../part.ts";
import { withQuietBrowser, type QuietPage } from "../quiet-browser.ts";
import type { Measurement } from "../report.ts";

const rounds = 24;
const requests = 50;
const request = { path: "/", expected: "hello 0", lanes: 1, mostMilliseconds: 10_000, direct: true };

/** What it costs to note every host call of every request: the same requests with and without, in turns. */
export const tracesPart: Part = {
  name: "traces",
  title: "Host calls in traces",
  measure: ({ studioUrl }) =>
    withQuietBrowser(async (browser) => {
      const { studio } = await openMeasuredApplication(browser, studioUrl);
      const without: number[] = [];
      const noted: number[] = [];
      for (let round = -2; round < rounds; round += 1) {
        const samples = {
          without: await measure(studio, 0),
          noted: await measure(studio, defaultLimits.hostCallSpans),
        };
        // The first rounds warm the code.
        if (round < 0) continue;
        without.push(samples.without);
        noted.push(samples.noted);
      }
      return [
        { id: "traces/without", name: "JavaScript, direct dispatch, host calls not noted", samples: without },
        {
          id: "traces/noted",
          name: "JavaScript, direct dispatch, host calls noted",
          samples: noted,
          base: { id: "traces/without", compare: "median" },
          limit: { of: "ratio", atMost: 1.05 },
        },
      ] satisfies Measurement[];
    }),
};

/** Milliseconds for a request, on the average of a round: the page's clock is too coarse for one. */
async function measure(studio: QuietPage, hostCallSpans: number): Promise<number> {
  await studio.evaluate((spans) => window.playground.configure({ hostCallSpans: spans }), hostCallSpans);
  // Instances that were made ahead are of the setting before.
  await studio.evaluate(drive, { ...request, count: 10 });
  return (await studio.evaluate(drive, { ...request, count: requests })).milliseconds / requests;
}
