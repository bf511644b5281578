import { defineConfig } from "@playwright/test";
import { chromiumArguments, findChromium } from "./scripts/lib/chromium.ts";

const chromium = findChromium();

/** Browser tests run against the production build, which must be there (`npm run build`; `npm test` sees to it). */
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results/browser",
  fullyParallel: true,
  forbidOnly: Boolean(process.env["CI"]),
  retries: 0,
  workers: 2,
  timeout: 90_000,
  globalTimeout: 20 * 60_000,
  expect: { timeout: 20_000 },
  // A trace of every test takes longer than the tests; ask for one with `--trace on`.
  use: { screenshot: "only-on-failure" },
  projects: [
    {
      name: "chromium",
      use: {
        browserName: "chromium",
        launchOptions: { args: chromiumArguments, ...(chromium ? { executablePath: chromium } : {}) },
      },
    },
  ],
  webServer: {
    command: "node_modules/.bin/tsx scripts/serve.ts",
    env: { PORT: "0", PLAYGROUND_HOST: "play.localhost" },
    // The named group becomes the environment variable STUDIO_URL of the tests.
    wait: { stdout: /Spin Playground: (?<studio_url>http:\S+)/ },
  },
});
