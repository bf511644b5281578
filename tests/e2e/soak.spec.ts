import { withQuietBrowser } from "../../bench/quiet-browser.ts";
import { soak } from "../../bench/soak/soak.ts";
import { expect, studioUrl, test } from "./fixtures.ts";

/** `npm run soak` in short. It says so when memory runs away, and nothing of how fast anything is. */
test("requests in a row all succeed, and leave no memory behind", async () => {
  test.setTimeout(240_000);
  const results = await withQuietBrowser((browser) =>
    soak(browser, studioUrl(), { requests: 1_500, settledAfter: 500 }),
  );
  expect(results.map(({ guest }) => guest)).toEqual(["tiny", "JavaScript"]);
  for (const { guest, failures, examples, growth } of results) {
    expect(failures, `${guest}: ${examples.join("; ")}`).toBe(0);
    expect(growth, `growth of the memory with ${guest}`).toBeLessThan(0.1);
  }
});
