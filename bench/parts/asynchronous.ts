import { buildAsyncGuest } from "../../tests/guests/build-async-guest.ts";
import { buildGuest } from "../../tests/guests/build-guest.ts";
import { openStudio } from "../measured-application.ts";
import type { Part } from "../part.ts";
import { withQuietBrowser } from "../quiet-browser.ts";
import type { Measurement } from "../report.ts";

const rounds = 100;

/**
 * A request to a guest of WASI 0.3 beside one of WASI 0.2, neither of which waits. With the timers that jco's glue has by
 * itself (see `runtime/component/async-glue.ts`) the first takes 15 ms and more; the bound is what guards the cure.
 */
export const asynchronousPart: Part = {
  name: "asynchronous",
  title: "WASI 0.3",
  measure: ({ studioUrl }) =>
    withQuietBrowser(async (browser) => {
      const studio = await openStudio(browser, studioUrl);
      await studio.evaluate(
        async (files) => {
          await window.playground.open(files);
          await window.playground.up();
        },
        await files(),
      );
      const samples = { tiny: [] as number[], hello: [] as number[] };
      for (let round = -10; round < rounds; round += 1) {
        const tiny = await studio.evaluate(timeRequest, "/tiny");
        const hello = await studio.evaluate(timeRequest, "/hello");
        if (round < 0) continue;
        samples.tiny.push(tiny);
        samples.hello.push(hello);
      }
      return [
        { id: "async/tiny", name: "handler of WASI 0.2", samples: samples.tiny },
        {
          id: "async/hello",
          name: "handler of WASI 0.3",
          samples: samples.hello,
          limit: { of: "median", atMost: 5 },
        },
      ] satisfies Measurement[];
    }),
};

/** Runs in the studio page. Milliseconds from the call of the handler to its return, out of the trace. */
async function timeRequest(path: string): Promise<number> {
  const known = new Set((await window.playground.traces()).map(({ requestId }) => requestId));
  await (await window.playground.request(path)).text();
  for (;;) {
    // The studio has a trace a little later than the answer.
    const traces = await window.playground.traces();
    const trace = traces.find(({ requestId, url }) => !known.has(requestId) && url.endsWith(path));
    const handler = trace?.spans.find(({ name }) => name === "handler");
    if (handler) return handler.duration;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function files(): Promise<Record<string, string | Uint8Array>> {
  const names = ["tiny", "hello"];
  const triggers = names.map((name) => `[[trigger.http]]\nroute = "/${name}"\ncomponent = "${name}"\n`);
  const sections = names.map((name) => `[component.${name}]\nsource = "${name}.wasm"\n`);
  const head = `spin_manifest_version = 2\n[application]\nname = "asynchronous"\nversion = "1.0.0"\n`;
  return {
    "spin.toml": [head, ...triggers, ...sections].join("\n"),
    "tiny.wasm": await buildGuest("tiny"),
    "hello.wasm": await buildAsyncGuest("hello"),
  };
}
