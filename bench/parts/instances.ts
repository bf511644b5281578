import { buildGuest } from "../../tests/guests/build-guest.ts";
import type { InstancePage } from "../instance/page.ts";
import type { InstanceSamples } from "../instance/worker.ts";
import { withInstancePage } from "../instance/serve-page.ts";
import { builtComponent, openMeasuredApplication } from "../measured-application.ts";
import type { Part } from "../part.ts";
import { withQuietBrowser } from "../quiet-browser.ts";
import type { Measurement } from "../report.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";

interface MeasuredComponent {
  id: string;
  name: string;
  /** What plain instances are to take, in times of the fast path. */
  atLeast?: number;
  perRound: number;
}

const components: MeasuredComponent[] = [
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
          for (const component of components) {
            const plan = { component: `/${component.id}.wasm`, rounds: 30, perRound: component.perRound };
            const samples = await instances.evaluate(
              (plan) => (window as unknown as InstancePage).measureInstances(plan),
              plan,
            );
            measurements.push(...toMeasurements(component, samples));
          }
          return measurements;
        }),
      );
    }),
};

function toMeasurements({ id, name, atLeast }: MeasuredComponent, samples: InstanceSamples): Measurement[] {
  const fast = { id: `instance/${id}/fast`, compare: "median" } as const;
  const fastCore = { id: `instance/${id}/fast-core`, compare: "median" } as const;
  return [
    { id: fast.id, name: `${name}, memory used again`, samples: samples.fast },
    { id: `instance/${id}/new-memory`, name: `${name}, new memory`, samples: samples.newMemory, base: fast },
    {
      id: `instance/${id}/plain`,
      name: `${name}, plain`,
      samples: samples.plain,
      base: fast,
      ...(atLeast === undefined ? {} : { limit: { of: "ratio", atLeast } }),
    },
    { id: fastCore.id, name: `${name}, core module alone, memory used again`, samples: samples.fastCore },
    {
      id: `instance/${id}/plain-core`,
      name: `${name}, core module alone, plain`,
      samples: samples.plainCore,
      base: fastCore,
    },
  ];
}
