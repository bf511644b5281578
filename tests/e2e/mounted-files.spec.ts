import type { Page } from "@playwright/test";
import { guestProject } from "../guests/build-guest.ts";
import { expect, openStudio, test } from "./fixtures.ts";
import { test as shared } from "./workbench.ts";
import { listener, project } from "./projects.ts";

/** An application of the guest that reads its files. */
async function filesProject(files: string, more: Record<string, string | Uint8Array>) {
  const guest = await guestProject("files");
  return { ...guest, "spin.toml": `${String(guest["spin.toml"])}files = ${files}\n`, ...more };
}

const get = (studio: Page, path: string): Promise<string> =>
  studio.evaluate(async (target) => (await playground.request(target)).text(), path);

async function open(studio: Page, files: Record<string, string | Uint8Array>): Promise<void> {
  await studio.evaluate(async (sources) => {
    await playground.open(sources);
    await playground.up();
  }, files);
}

/** Writes a file; what the studio found then. */
async function write(studio: Page, path: string, content: string) {
  return studio.evaluate(
    async ([file, text]) => {
      await playground.write(file, text);
      return (await playground.settled()).diagnostics;
    },
    [path, content] as const,
  );
}

/** The content of `page.html` that the engine would start with after a reload. */
async function keptPage(studio: Page): Promise<string | undefined> {
  const engine = studio.frames().find((frame) => frame.url().includes("/.well-known/spin/playground/"));
  return engine?.evaluate(async () => {
    const base = "/.well-known/spin/playground";
    const deployment = (await (await caches.match(`${base}/deployment`))?.json()) as
      | { mounts: Record<string, { files: Record<string, string> }> }
      | undefined;
    const digest = deployment?.mounts["files"]?.files["page.html"] ?? "";
    return (await caches.match(`${base}/content/${encodeURIComponent(digest)}`))?.text();
  });
}

shared("a component reads what it mounts, and nothing else", async ({ studio }) => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
  await open(
    studio,
    await filesProject(`[{ source = "static", destination = "/" }, "data/*.bin"]\nexclude_files = ["**/*.bak"]`, {
      "static/index.html": "<p>first",
      "static/css/é.css": "p {}",
      "static/old.bak": "old",
      "data/all.bin": bytes,
      "data/notes.txt": "not mounted",
    }),
  );
  expect(await get(studio, "/")).toBe("1 /");
  expect(await get(studio, "/list/data")).toBe("6 all.bin\n");
  expect(await get(studio, "/read/old.bak")).toBe("error 20");
  expect(await get(studio, "/read/index.html")).toBe("<p>first");
  // The path is the URL's, which is not decoded on its way.
  expect(await get(studio, "/read/css/%C3%A9.css")).toBe("error 20");
  expect(await get(studio, "/create/index.html")).toBe("error 31");
  const digests = await studio.evaluate(async (sent) => {
    const received = await (await playground.request("/read/data/all.bin")).arrayBuffer();
    const digest = async (data: BufferSource) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", data))];
    return [await digest(received), await digest(sent)];
  }, bytes);
  expect(digests[0]).toEqual(digests[1]);
});

test("an edit of a mounted file is there at the next request, and after a reload", async ({ studio }) => {
  await open(studio, await filesProject(`["page.html"]`, { "page.html": "first" }));
  const stat = await get(studio, "/stat/page.html");
  expect(await get(studio, "/read/page.html")).toBe("first");
  expect(await get(studio, "/stat/page.html")).toBe(stat);

  await write(studio, "page.html", "second");
  expect(await get(studio, "/read/page.html")).toBe("second");

  const edited = await get(studio, "/stat/page.html");
  await expect.poll(() => keptPage(studio)).toBe("second");
  await openStudio(studio);
  // Every worker has the files and their time out of the cache.
  const answers = await studio.evaluate(async () => {
    await playground.settled();
    const paths = ["/read/page.html", "/stat/page.html"];
    return Promise.all(paths.flatMap((path) => [0, 1, 2, 3].map(async () => (await playground.request(path)).text())));
  });
  expect(new Set(answers)).toEqual(new Set(["second", edited]));
});

test("an edit of a mounted file builds nothing", async ({ studio, context }) => {
  const built = project(listener(`return new Response("built");`));
  const reader = `
[[trigger.http]]
route = "/read/..."
component = "reader"

[component.reader]
source = "app.wasm"
files = [{ source = "static", destination = "/" }]
`;
  const guest = await guestProject("files");
  const files = { ...guest, ...built, "spin.toml": `${built["spin.toml"]}${reader}`, "static/page.html": "first" };
  await open(studio, files);
  expect([await get(studio, "/"), await get(studio, "/read/page.html")]).toEqual(["built", "first"]);

  // From here on nothing can be built: the bundler would have to be fetched.
  await context.route(/packs\/.*esbuild/, (route) => route.abort());
  await openStudio(studio);
  await studio.evaluate(() => playground.settled());
  expect(await write(studio, "static/page.html", "second")).toEqual([]);
  expect([await get(studio, "/"), await get(studio, "/read/page.html")]).toEqual(["built", "second"]);
  const failure = await studio.evaluate(async () => {
    await playground.write("src/index.ts", "// edited");
    return playground.up().catch((error: Error & { code?: string }) => error.code);
  });
  expect(failure).toBe("pack-unavailable");
});

shared("what is wrong with files stands at its place in spin.toml", async ({ studio }) => {
  const good = await filesProject(`["page.html"]`, { "page.html": "here" });
  await open(studio, good);
  const manifest = good["spin.toml"];
  const diagnostics = await write(studio, "spin.toml", manifest.replace('"page.html"', '"page.html", "none.html"'));
  const line = manifest.split("\n").findIndex((text) => text.startsWith("files")) + 1;
  const message = '"none.html" does not exist and doesn\'t appear to be a glob pattern';
  expect(diagnostics).toEqual([
    { severity: "error", code: "invalid-mount", message, file: "spin.toml", line, column: 23 },
  ]);
  // The last good application runs on.
  expect(await get(studio, "/read/page.html")).toBe("here");
  await studio.getByRole("tab", { name: "Problems" }).click();
  await expect(studio.getByRole("list", { name: "Problems" })).toContainText(message);
  await write(studio, "none.html", "now there");
  expect(await get(studio, "/read/none.html")).toBe("now there");
});

shared("files over the limit are refused in plain words", async ({ studio }) => {
  const files = await filesProject(`["page.html"]`, { "page.html": "x".repeat(2048) });
  const failure = await studio.evaluate(async (sources) => {
    await playground.open(sources);
    await playground.configure({ mountedBytes: 1024 });
    return playground.up().catch((error: Error & { code?: string }) => ({ code: error.code, message: error.message }));
  }, files);
  expect(failure).toMatchObject({ code: "limit-exceeded", message: expect.stringContaining("mountedBytes") });
});
