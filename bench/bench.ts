import { availableParallelism } from "node:os";
import { firstLoad } from "../scripts/lib/first-load.ts";
import { step } from "../scripts/lib/step.ts";
import { withBrowser, withFreshProfile } from "./browser.ts";
import { measureBuilds, type Builds } from "./builds.ts";
import { helloFiles } from "./hello.ts";
import { toFigures, type BenchReport } from "./report.ts";
import { measureRequests, type Requests } from "./requests.ts";
import { measureVisits } from "./visits.ts";

export interface BenchOptions {
  /** Folder of the production build. */
  dist: string;
  /** Where that build is served. */
  studioUrl: string;
}

/** Measures everything, one thing at a time. */
export async function runBench({ dist, studioUrl }: BenchOptions): Promise<BenchReport> {
  const { requests, builds, browser } = await measureHello(studioUrl);
  const visits = await step("Measuring visits", () => measureVisits(studioUrl, 7));
  const loaded = await firstLoad(dist);
  return {
    machine: { processors: availableParallelism(), node: process.versions.node, browser },
    figures: toFigures([
      { name: "request, service worker, echo without Wasm (base)", samples: requests.echo },
      { name: "request, service worker, JavaScript hello", samples: requests.application },
      { name: "warm rebuild, save to first response", samples: builds.rebuild, limit: 600 },
      { name: "build of hello alone", samples: builds.build, limit: 300 },
      { name: "first visit, page open to first response", samples: visits.first, limit: 1500 },
      { name: "second visit, page open to first response", samples: visits.second, limit: 700 },
    ]),
    firstLoadBytes: loaded.reduce((sum, { transferred }) => sum + transferred, 0),
  };
}

function measureHello(studioUrl: string): Promise<{ requests: Requests; builds: Builds; browser: string }> {
  return withFreshProfile((profile) =>
    withBrowser(profile, async (browser) => {
      const studio = await browser.newPage();
      await studio.goto(studioUrl);
      await studio.waitForFunction(() => "playground" in window);
      const { url } = await step("Opening the hello application", () =>
        studio.evaluate(async (files) => {
          // The page starts its sample by itself; opening another workspace meanwhile is not what is measured.
          await window.playground.settled();
          await window.playground.open(files);
          return window.playground.up();
        }, helloFiles),
      );
      const page = await browser.newPage();
      await page.goto(url);
      // The first visit gets the bootstrap page, which reloads once the service worker is there.
      await page.waitForFunction(
        () => navigator.serviceWorker.controller && document.body.innerText.startsWith("hello"),
      );
      const requests = await step("Measuring requests", () => measureRequests(page, 300));
      await page.close();
      const builds = await step("Measuring builds", () => measureBuilds(studio, 20));
      const agent = await studio.evaluate(() => navigator.userAgent);
      return { requests, builds, browser: /\S*Chrome\/\d+/.exec(agent)?.[0] ?? agent };
    }),
  );
}
