import { expect, test } from "../workbench.ts";
import { ask, runGuest } from "./running.ts";

test("a guest finds nothing of earlier requests, however they ended", async ({ studio, context }) => {
  const { page } = await runGuest(studio, context, "leak-probe");
  const fresh = '{"words":0,"data":0,"global":0,"table":0,"pages":2,"handle":1}';
  const seen = new Set<string>();
  for (let round = 0; round < 15; round += 1) {
    for (const path of ["/", "/grow", "/trap", "/"]) seen.add((await ask(page, path)).text);
  }
  // A guest that traps does so after its answer.
  expect([...seen]).toEqual([fresh]);
  const origins = await studio.evaluate(async () => {
    const found = new Set<string | undefined>();
    for (let index = 0; index < 20; index += 1) {
      const response = await playground.request("/");
      await response.text();
      const { spans } = await playground.trace(response.headers.get("spin-playground-request-id") ?? "");
      found.add(spans.find(({ name }) => name === "instance")?.detail);
    }
    return [...found];
  });
  // The fast way was gone at least once: else this shows nothing of it.
  expect(origins).toContain("made ahead");
});
