import { helloFiles, helloSource, sourcePath } from "../hello.ts";
import { openStudio } from "../measured-application.ts";
import type { Part } from "../part.ts";
import { withQuietBrowser } from "../quiet-browser.ts";
import type { Measurement } from "../report.ts";

const count = 20;

/** From an edit to its answer, and the build in it. Each has a source that was never built before. */
export const buildsPart: Part = {
  name: "builds",
  title: "Builds of a JavaScript hello",
  measure: ({ studioUrl }) =>
    withQuietBrowser(async (browser) => {
      const studio = await openStudio(browser, studioUrl);
      await studio.evaluate(async (files) => {
        await window.playground.open(files);
        await window.playground.up();
      }, helloFiles);
      return [
        {
          id: "build/rebuild",
          name: "warm rebuild, save to first response",
          samples: await studio.evaluate(timeRebuilds, plan("rebuild")),
          limit: { of: "median", atMost: 600 },
        },
        {
          id: "build/build",
          name: "build alone",
          samples: await studio.evaluate(timeBuilds, plan("build")),
          limit: { of: "median", atMost: 300 },
        },
      ] satisfies Measurement[];
    }),
};

function plan(prefix: string): Plan {
  const revisions = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  return { path: sourcePath, revisions: revisions.map((revision) => ({ revision, source: helloSource(revision) })) };
}

interface Plan {
  path: string;
  revisions: { revision: string; source: string }[];
}

/** Runs in the studio page. */
async function timeRebuilds({ path, revisions }: Plan): Promise<number[]> {
  const samples: number[] = [];
  await window.playground.configure({ autoRun: true });
  for (const { revision, source } of revisions) {
    const begin = performance.now();
    await window.playground.write(path, source);
    const { running, diagnostics } = await window.playground.settled();
    if (!running || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    const answer = await (await window.playground.request("/")).text();
    samples.push(performance.now() - begin);
    if (answer !== `hello ${revision}`) throw new Error(`Expected revision ${revision}, got "${answer}".`);
  }
  return samples;
}

/** Runs in the studio page. */
async function timeBuilds({ path, revisions }: Plan): Promise<number[]> {
  const samples: number[] = [];
  await window.playground.configure({ autoRun: false });
  for (const { source } of revisions) {
    await window.playground.write(path, source);
    const { components } = await window.playground.build();
    for (const component of components) {
      if (!component.ok) throw new Error(JSON.stringify(component.diagnostics));
      samples.push(component.milliseconds);
    }
  }
  return samples;
}
