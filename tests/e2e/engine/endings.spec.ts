import { expect, test } from "../workbench.ts";
import { guestProject } from "../../guests/build-guest.ts";
import { listener, project } from "../projects.ts";
import { ask, run, runGuest } from "./running.ts";

/** How guests end, well or badly, and that the next request works all the same. */

const whole = { status: 200, text: "part one, part two", brokeOff: false };

for (const [path, seen] of [
  ["/before-head", { status: 500, text: "", brokeOff: false }],
  ["/after-head", { status: 500, text: "", brokeOff: false }],
  ["/mid-body-later", { status: 200, text: "part one, ", brokeOff: true }],
  ["/after-body", whole],
] as const) {
  test(`a guest that traps at ${path}`, async ({ studio, context }) => {
    const { page } = await runGuest(studio, context, "trap");
    expect(await ask(page, path)).toEqual(seen);
    expect(await ask(page, "/fine")).toEqual(whole);
    // One that traps after its answer is complete may say so later.
    await expect
      .poll(() => studio.evaluate(async () => (await playground.logs()).map(({ text }) => text).join("\n")))
      .toContain("wasm trap: wasm `unreachable` instruction executed");
  });
}

test("a guest that traps while it is instantiated", async ({ studio, context }) => {
  const files = await guestProject("trap-at-start");
  // A page to ask from: of the guest's own answers none can be shown.
  const start = `[[trigger.http]]\nroute = "/start"\nstatic_response = { body = "start" }\n`;
  const { page } = await run(studio, context, { ...files, "spin.toml": `${String(files["spin.toml"])}\n${start}` });
  expect(await ask(page, "/")).toEqual({ status: 500, text: "", brokeOff: false });
  const { page: next } = await runGuest(studio, context, "tiny");
  expect(await ask(next, "/")).toEqual({ status: 200, text: "hello", brokeOff: false });
});

test("a guest that computes for ever is ended, and quick requests go on", async ({ studio, context }) => {
  const { page } = await runGuest(studio, context, "spin");
  await studio.evaluate(() => playground.configure({ requestDeadlineMs: 1_000 }));
  const spinning = ask(page, "/spin");
  // Requests beside it, also those that came to its worker, are answered by the other.
  for (let index = 0; index < 6; index += 1) {
    expect(await ask(page, `/${index}`)).toEqual({ status: 200, text: "quick", brokeOff: false });
  }
  const ended = await spinning;
  expect(ended.status).toBe(502);
  expect(ended.text).toContain("computed for more than 1 s");
  expect(await ask(page, "/again")).toEqual({ status: 200, text: "quick", brokeOff: false });
});

test("a guest that takes all memory gets as much as it may, and leaves none of it behind", async ({
  studio,
  context,
}) => {
  const { page } = await runGuest(studio, context, "memory-bomb");
  await studio.evaluate(() => playground.configure({ memoryBytes: 16 * 1024 * 1024 }));
  for (let index = 0; index < 3; index += 1) {
    expect(await ask(page, "/fill")).toEqual({ status: 200, text: "256 pages", brokeOff: false });
  }
  expect(await ask(page, "/trap")).toEqual({ status: 500, text: "", brokeOff: false });
  expect(await ask(page, "/")).toEqual({ status: 200, text: "256 pages", brokeOff: false });
});

test("a handler may go on after its response, and return before it is read", async ({ studio, context }) => {
  const source = `import * as Kv from "@spinframework/spin-kv";
addEventListener("fetch", (event: FetchEvent) => {
  const { pathname } = new URL(event.request.url);
  if (pathname === "/at-once") return event.respondWith(new Response("x".repeat(40_000)));
  event.respondWith(new Response("answered"));
  event.waitUntil(new Promise<void>((resolve) => setTimeout(() => {
    Kv.openDefault().set("after", "done");
    resolve();
  }, 30)));
});
`;
  const { page } = await run(studio, context, project(source, { component: `key_value_stores = ["default"]` }));
  expect(await ask(page, "/later")).toEqual({ status: 200, text: "answered", brokeOff: false });
  await expect
    .poll(() => studio.evaluate(async () => new TextDecoder().decode(await playground.keyValue().get("after"))))
    .toBe("done");
  expect((await ask(page, "/at-once")).text).toHaveLength(40_000);
});

test("a body that the handler never ends is ended when its program has nothing left to do", async ({
  studio,
  context,
}) => {
  const source = listener(`
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  void writable.getWriter().write(new TextEncoder().encode("part"));
  return new Response(readable);`);
  const { page } = await run(studio, context, project(source));
  // The engine of the guest has nothing left to do and ends the body itself; natively it is the same.
  expect(await ask(page, "/")).toMatchObject({ status: 200, text: "part" });
  expect(await ask(page, "/")).toMatchObject({ status: 200, text: "part" });
});
