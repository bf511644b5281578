import type { Page } from "@playwright/test";
import { guestProject, type GuestName } from "../guests/build-guest.ts";
import { expect, test } from "./workbench.ts";

/** What needs a browser: guests that wait (JSPI), over the host interfaces of each WASI that the engine has. */
async function run(studio: Page, name: GuestName, version?: string): Promise<void> {
  const files = Object.entries(await guestProject(name, version)).map(([path, content]) => {
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

function ask(studio: Page, path: string) {
  return studio.evaluate(async (asked) => {
    const response = await playground.request(asked);
    const text = await response.text();
    const { trailers } = await playground.trace(response.headers.get("spin-playground-request-id") ?? "");
    return { status: response.status, text, trailers };
  }, path);
}

for (const version of ["0.2.0", "0.2.12", "0.2.137", "0.2.0-rc-2023-11-10", "0.2.0-rc-2023-10-18"]) {
  test(`a guest of WASI ${version} waits for time, for its own answer, and for trailers`, async ({ studio }) => {
    await run(studio, "stream", version);
    const { text } = await ask(studio, "/chunks/3/20");
    const [first = 0, second = 0, third = 0] = text.trim().split("\n").map(Number);
    // A timer is never early; the wall clock may be set, and is read in whole milliseconds.
    expect(second - first).toBeGreaterThanOrEqual(18);
    expect(third - second).toBeGreaterThanOrEqual(18);

    await run(studio, "ask-self", version);
    expect(await ask(studio, "/")).toEqual({ status: 200, text: "question 12", trailers: [["x-outer", "3"]] });
    expect(await ask(studio, "/inner")).toEqual({ status: 200, text: "", trailers: [["x-inner", "2"]] });
  });
}

test("trailers are shown with the response", async ({ studio }) => {
  await run(studio, "ask-self");
  await studio.getByRole("tab", { name: "Request" }).click();
  await studio.getByRole("button", { name: "Send" }).click();
  await studio.getByRole("button", { name: /^Headers \(/ }).click();
  const trailers = studio.getByRole("table", { name: "Trailers" });
  await expect(trailers.getByRole("row")).toContainText(["x-outer3"]);
});

test("a guest that wants a socket is denied, and the log says why, once", async ({ studio }) => {
  await run(studio, "sockets");
  const answer = await studio.evaluate(async () => {
    const response = await playground.request("/");
    const text = await response.text();
    const id = response.headers.get("spin-playground-request-id");
    const lines = (await playground.logs()).filter(({ requestId }) => requestId === id);
    return { text, lines: lines.map(({ stream, text }) => `${stream}: ${text}`) };
  });
  expect(answer).toEqual({
    text: "1 20 7 ",
    lines: [expect.stringMatching(/^engine: .*TCP connection to 10\.0\.0\.1:5432, .*a browser has no sockets/)],
  });
});
