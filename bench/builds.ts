import type { Page } from "@playwright/test";
import { helloSource, sourcePath } from "./hello.ts";

/** In milliseconds; each with a source that was never built before. */
export interface Builds {
  /** From writing a changed file to the new build's first answer. */
  rebuild: number[];
  /** The build of the component alone. */
  build: number[];
}

/** @param studio a studio page with the hello application running */
export async function measureBuilds(studio: Page, count: number): Promise<Builds> {
  const sources = (prefix: string) =>
    Array.from({ length: count }, (_, index) => ({
      revision: `${prefix}-${index}`,
      source: helloSource(`${prefix}-${index}`),
    }));
  return {
    rebuild: await studio.evaluate(timeRebuilds, { path: sourcePath, revisions: sources("rebuild") }),
    build: await studio.evaluate(timeBuilds, { path: sourcePath, revisions: sources("build") }),
  };
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
