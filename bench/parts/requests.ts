import { enginePath } from "../../runtime/protocol.ts";
import { buildGuest } from "../../tests/guests/build-guest.ts";
import { drive, type Driven, type Load } from "../load.ts";
import { builtComponent, openMeasuredApplication, type MeasuredApplication } from "../measured-application.ts";
import type { Part } from "../part.ts";
import { withJcoServe, type Peer } from "../peer/jco-serve.ts";
import { withQuietBrowser, type QuietBrowser } from "../quiet-browser.ts";
import type { Measurement } from "../report.ts";

/** Every target gets its turn in each round, so that what else the machine does meets all of them alike. */
const rounds = 6;
const lanes = 8;
const oneAtATime: Size = { count: 60, lanes: 1, mostMilliseconds: 1_500 };
const severalAtATime: Size = { count: 160, lanes, mostMilliseconds: 1_500 };

type Size = Pick<Load, "count" | "lanes" | "mostMilliseconds">;
type Drive = (size: Size) => Promise<Driven>;

/** One thing that answers, asked in one way. */
interface Target {
  id: string;
  name: string;
  drive: Drive;
  /** What its measurements are compared with, and what is to be reached. */
  sequential?: Pick<Measurement, "base" | "limit">;
  concurrent?: Pick<Measurement, "base" | "limit">;
}

const echo = { path: `${enginePath}echo`, expected: "echo" };
const tiny = { path: "/tiny", expected: "hello" };
const javaScript = { path: "/", expected: "hello 0" };

const medianOf = (id: string, atMost?: number): Pick<Measurement, "base" | "limit"> => ({
  base: { id: `${id}/sequential`, compare: "median" },
  ...(atMost === undefined ? {} : { limit: { of: "ratio", atMost } }),
});
const rateOf = (id: string, atLeast?: number): Pick<Measurement, "base" | "limit"> => ({
  base: { id: `${id}/concurrent`, compare: "rate" },
  ...(atLeast === undefined ? {} : { limit: { of: "ratio", atLeast } }),
});

/** Latency and rate, one request at a time and eight at a time, beside `jco serve` with the same components. */
export const requestsPart: Part = {
  name: "requests",
  title: "Requests",
  measure: ({ studioUrl }) =>
    withQuietBrowser(async (browser) => {
      const application = await openMeasuredApplication(browser, studioUrl);
      const javaScriptComponent = await builtComponent(application.studio);
      return withJcoServe(await buildGuest("tiny"), (tinyPeer) =>
        withJcoServe(javaScriptComponent, async (javaScriptPeer) =>
          measureInTurns([
            ...playgroundTargets(application),
            ...(await peerTargets(browser, "tiny", "tiny component", tinyPeer, tiny.expected)),
            ...(await peerTargets(browser, "javascript", "JavaScript", javaScriptPeer, javaScript.expected)),
          ]),
        ),
      );
    }),
};

function playgroundTargets({ page, studio }: MeasuredApplication): Target[] {
  const worker = (load: Pick<Load, "path" | "expected">): Drive => {
    return (size) => page.evaluate(drive, { ...load, ...size });
  };
  const direct = (load: Pick<Load, "path" | "expected">): Drive => {
    return (size) => studio.evaluate(drive, { ...load, ...size, direct: true });
  };
  return [
    { id: "worker/echo", name: "service worker, echo without Wasm", drive: worker(echo) },
    {
      id: "worker/tiny",
      name: "service worker, tiny component",
      drive: worker(tiny),
      sequential: medianOf("worker/echo", 1.3),
      concurrent: rateOf("jco/tiny"),
    },
    {
      id: "worker/javascript",
      name: "service worker, JavaScript",
      drive: worker(javaScript),
      sequential: medianOf("worker/echo", 2),
      concurrent: rateOf("jco/javascript", 3),
    },
    { id: "direct/echo", name: "direct dispatch, echo without Wasm", drive: direct(echo) },
    {
      id: "direct/tiny",
      name: "direct dispatch, tiny component",
      drive: direct(tiny),
      sequential: medianOf("direct/echo"),
      concurrent: rateOf("jco/tiny"),
    },
    {
      id: "direct/javascript",
      name: "direct dispatch, JavaScript",
      drive: direct(javaScript),
      sequential: medianOf("direct/echo"),
      concurrent: rateOf("jco/javascript"),
    },
  ];
}

/** `jco serve`, asked by Node and by a page of its own origin. */
async function peerTargets(
  browser: QuietBrowser,
  id: string,
  name: string,
  { url, ask }: Peer,
  expected: string,
): Promise<Target[]> {
  const load = { path: "/", expected };
  const page = await browser.open(url);
  await page.until(() => document.readyState === "complete" && document.body.innerText.startsWith("hello"));
  return [
    {
      id: `jco/${id}`,
      name: `jco serve, ${name}, Node asks`,
      drive: (size) => drive({ ...load, ...size }, ask),
    },
    {
      id: `jco-page/${id}`,
      name: `jco serve, ${name}, a page asks`,
      drive: (size) => page.evaluate(drive, { ...load, ...size }),
    },
  ];
}

async function measureInTurns(targets: readonly Target[]): Promise<Measurement[]> {
  const measured = targets.map((target) => ({ target, sequential: [] as Driven[], concurrent: [] as Driven[] }));
  for (const { drive } of targets) await drive(severalAtATime);
  for (let round = 0; round < rounds; round += 1) {
    for (const { target, sequential } of measured) sequential.push(await target.drive(oneAtATime));
    for (const { target, concurrent } of measured) concurrent.push(await target.drive(severalAtATime));
  }
  return [
    ...measured.map(({ target, sequential }) => ({
      id: `${target.id}/sequential`,
      name: target.name,
      ...summary(sequential),
      ...target.sequential,
    })),
    ...measured.map(({ target, concurrent }) => ({
      id: `${target.id}/concurrent`,
      name: `${target.name}, ${lanes} at a time`,
      ...summary(concurrent),
      ...target.concurrent,
    })),
  ];
}

function summary(driven: readonly Driven[]): Pick<Measurement, "samples" | "rates"> {
  return {
    samples: driven.flatMap(({ samples }) => samples),
    rates: driven.map(({ samples, milliseconds }) => (samples.length / milliseconds) * 1000),
  };
}
