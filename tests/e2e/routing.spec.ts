import { expect, test } from "./workbench.ts";
import { application, listener } from "./projects.ts";

const headers = listener(`const spin = [...request.headers].filter(([name]) => name.startsWith("spin-"));
  return new Response(JSON.stringify({ path: url.pathname + url.search, ...Object.fromEntries(spin) }));`);

test("an application with a base is routed and listed as by Spin 1.0, through the service worker", async ({
  studio,
  context,
}) => {
  const section = (id: string, route: string): string => `
[[component]]
id = "${id}"
description = "The ${id} one"
source = "${id}/dist/main.wasm"
[component.trigger]
route = "${route}"
[component.build]
command = "npm run build"
workdir = "${id}"
`;
  const files = application({
    wide: { source: headers, route: `"/..."` },
    exact: { source: headers, route: `"/hello"` },
  });
  const head = 'spin_version = "1"\nname = "old"\nversion = "1.0.0"\ntrigger = { type = "http", base = "/base" }\n';
  const manifest = [head, section("wide", "/..."), section("exact", "/hello")].join("");
  const { url } = await studio.evaluate(
    async (sources) => {
      await playground.settled();
      await playground.open(sources);
      return playground.up();
    },
    { ...files, "spin.toml": manifest },
  );

  const log = studio.getByRole("log", { name: "Log lines" });
  await expect(log).toContainText(`Serving ${url}`);
  const text = (await log.innerText()).replaceAll("\n", " ");
  expect(text).toMatch(
    /Available Routes:.* wide: \S+\/base \(wildcard\).*The wide one.* exact: \S+\/base\/hello.*The exact one/,
  );

  const page = await context.newPage();
  await page.goto(`${url}/base/start`);
  await page.waitForFunction(() => navigator.serviceWorker.controller && !document.getElementById("message"));
  const ask = (path: string) =>
    page.evaluate(async (target) => {
      const response = await fetch(target, { cache: "no-store" });
      return `${response.status} ${await response.text()}`;
    }, path);
  expect(JSON.parse((await ask("/base/hello/a%2Fb/?q=%20")).slice("200 ".length))).toEqual({
    path: "/base/hello/a%2Fb/?q=%20",
    "spin-path-info": "/hello/a%2Fb/",
    "spin-full-url": `${url}/base/hello/a%2Fb/?q=%20`,
    "spin-matched-route": "/base/...",
    "spin-base-path": "/base",
    "spin-raw-component-route": "/...",
    "spin-component-route": "",
  });
  expect(await ask("/base/hello/")).toContain('"spin-matched-route":"/base/hello"');
  expect(await ask("/hello")).toBe("404 ");
  // Told once: the preview may have asked for another path before.
  await expect(log).toContainText(/Request to \S+ matched no pattern, and received a generic 404 response\./);
});
