import type { Page } from "@playwright/test";
import { asyncGuestProject, type AsyncGuestName, candidate } from "../guests/build-async-guest.ts";
import { expect, test } from "./workbench.ts";

/** Guests of WASI 0.3, which need a browser: they wait by JSPI, and their glue runs on timers of ours. */
async function run(studio: Page, name: AsyncGuestName, version?: string): Promise<void> {
  const files = Object.entries(await asyncGuestProject(name, version)).map(([path, content]) => {
    return [path, typeof content === "string" ? content : [...content]] as const;
  });
  await studio.evaluate(async (sent) => {
    const given = sent.map(([path, content]) => [
      path,
      typeof content === "string" ? content : Uint8Array.from(content),
    ]);
    await playground.open(Object.fromEntries(given) as Record<string, string | Uint8Array>);
    await playground.up();
  }, files);
}

for (const version of ["0.3.0", candidate]) {
  test(`a component that exports wasi:http/handler@${version} answers`, async ({ studio }) => {
    await run(studio, "hello", version);
    const answer = await studio.evaluate(async () => {
      const response = await playground.request("/");
      return [response.status, response.headers.get("content-type"), await response.text()];
    });
    expect(answer).toEqual([200, "text/plain", "hello\n"]);
  });
}

const text = (studio: Page, path = "/"): Promise<string> =>
  studio.evaluate(async (target) => (await playground.request(target)).text(), path);

test("headers and a long body go through a component and back", async ({ studio }) => {
  await run(studio, "echo");
  const answer = await studio.evaluate(async () => {
    const body = new Uint8Array(300_000).map((_, index) => index % 251);
    const response = await playground.request("/headers", { method: "POST", body, headers: { "x-asked": "yes" } });
    const echoed = new Uint8Array(await response.arrayBuffer());
    return [response.headers.get("x-asked"), echoed.length, echoed.every((byte, index) => byte === index % 251)];
  });
  expect(answer).toEqual(["yes", 300_000, true]);
});

test("a body comes as it is written, chunk by chunk, while the guest sleeps between", async ({ studio }) => {
  await run(studio, "stream");
  const chunks = await studio.evaluate(async () => {
    const { body } = await playground.request("/");
    const seen: string[] = [];
    if (body === null) return seen;
    for await (const bytes of body.pipeThrough(new TextDecoderStream())) seen.push(bytes);
    return seen;
  });
  expect(chunks.join("")).toBe("chunk\n".repeat(4));
  // The head alone, or the chunks of one wait, may come together; not all of them can.
  expect(chunks.length).toBeGreaterThan(1);
});

test("stores and variables of Spin, in their asynchronous form", async ({ studio }) => {
  await run(studio, "kv");
  expect(await text(studio)).toMatch(/^\d hi$/);
  const first = Number((await text(studio))[0]);
  // The preview may have asked in between.
  await expect.poll(async () => Number((await text(studio))[0])).toBeGreaterThan(first);
});

test("Redis and MQTT, in their asynchronous form", async ({ studio }) => {
  await run(studio, "publish");
  const first = Number(await text(studio, "/a"));
  expect(first).toBeGreaterThan(0);
  // The preview's own request may come between.
  expect(Number(await text(studio, "/a"))).toBeGreaterThan(first);
});

test("a component asks the application itself, and hands the answer on", async ({ studio }) => {
  await run(studio, "send");
  const answer = await studio.evaluate(async () => {
    const response = await playground.request("/");
    return [response.status, await response.text()];
  });
  expect(answer).toEqual([203, "inner\n"]);
});

test("a guest that traps in its body breaks it off, says so, and the next request is fine", async ({ studio }) => {
  await run(studio, "trap");
  const outcome = () =>
    studio.evaluate(async () => {
      const response = await playground.request("/");
      return response.text().then(
        (body) => [response.status, body],
        () => [response.status, "broken off"],
      );
    });
  const [status, body] = await outcome();
  expect([status, body]).toEqual([200, "broken off"]);
  await expect
    .poll(() => studio.evaluate(async () => (await playground.logs()).map((line) => line.text).join("\n")))
    .toContain("unreachable");
  expect(await outcome()).toEqual([200, "broken off"]);
});
