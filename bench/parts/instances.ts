import { buildGuest } from "../../tests/guests/build-guest.ts";
import type { InstancePage } from "../instance/page.ts";
import { withInstancePage } from "../instance/serve-page.ts";
import { builtComponent, openMeasuredApplication } from "../measured-application.ts";
import type { Part } from "../part.ts";
import { withQuietBrowser } from "../quiet-browser.ts";
import type { Measurement } from "../report.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";

const components = [
  { id: "javascript", name: "JavaScript", atLeast: 4, perRound: 10 },
  { id: "tiny", name: "tiny component", perRound: 40 },
];

/** What an instance costs inside of a worker, by the engine's code alone. */
export const instancesPart: Part = {
  name: "instances",
  title: "Instance in a worker",
  measure: ({ studioUrl }) =>
    withQuietBrowser(async (browser) => {
      const { studio, page } = await openMeasuredApplication(browser, studioUrl);
      const files = {
        "javascript.wasm": await builtComponent(studio),
        "tiny.wasm": await buildGuest("tiny"),
      };
      // Their workers would make instances ahead while this measures.
      await Promise.all([studio.close(), page.close()]);
      return withTemporaryFolder((folder) =>
        withInstancePage(folder, files, async (url) => {
          const instances = await browser.open(url);
          await instances.until(() => "measureInstances" in window);
          const measurements: Measurement[] = [];
          for (const { id, name, atLeast, perRound } of components) {
            const plan = { component: `/${id}.wasm`, rounds: 15, perRound };
            const { plain, fast, newMemory } = await instances.evaluate(
              (plan) => (window as unknown as InstancePage).measureInstances(plan),
              plan,
            );
            const base = { id: `instance/${id}/fast`, compare: "median" as const };
            measurements.push(
              { id: base.id, name: `${name}, memory used again`, samples: fast },
              { id: `instance/${id}/new-memory`, name: `${name}, new memory`, samples: newMemory, base },
              {
                id: `instance/${id}/plain`,
                name: `${name}, plain`,
                samples: plain,
                base,
                ...(atLeast === undefined ? {} : { limit: { of: "ratio" as const, atLeast } }),
              },
            );
          }
          return measurements;
        }),
      );
    }),
};
