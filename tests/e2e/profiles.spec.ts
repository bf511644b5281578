import { expect, test } from "./fixtures.ts";
import { listener, project } from "./projects.ts";

const files = project(
  `import { getEnvironment } from "wasi:cli/environment@0.2.10";
${listener(`return new Response(new Map(getEnvironment()).get("MODE"));`)}`,
  {
    component: `environment = { MODE = "release" }\n\n[component.main.profile.debug]\nenvironment = { MODE = "debug" }\n`,
  },
);

test("a build profile replaces what the components say, until another is chosen", async ({ studio }) => {
  const mode = () => studio.evaluate(async () => (await playground.request("/")).text());
  const choose = (profile: string) =>
    studio.evaluate(async (name) => {
      await playground.configure({ profile: name });
      return playground.settled();
    }, profile);
  await studio.evaluate(async (sources) => {
    await playground.open(sources);
    await playground.up();
  }, files);
  expect(await mode()).toBe("release");
  expect(await choose("debug")).toEqual({ running: true, diagnostics: [] });
  expect(await mode()).toBe("debug");

  await studio.reload();
  await studio.waitForFunction(() => "playground" in window);
  await studio.evaluate(() => playground.settled());
  expect(await mode()).toBe("debug");

  const { running, diagnostics } = await choose("fast");
  expect(running).toBe(true);
  expect(diagnostics).toMatchObject([{ message: 'Profile "fast" is not defined in this application' }]);
  expect(await mode()).toBe("debug");
  expect(await choose("")).toEqual({ running: true, diagnostics: [] });
  expect(await mode()).toBe("release");
});
