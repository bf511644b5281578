import { expect, test } from "vitest";
import { deferred } from "../deferred.ts";
import { GuestTurns } from "./guest-turns.ts";
import { runGuest } from "./testing/run-guest.ts";

test("a change of guests is reported, with all that may be running", () => {
  const reports: number[][] = [];
  const turns = new GuestTurns((requests) => reports.push(requests.map(({ id }) => id)));
  const [one, two] = [turns.of({ connection: 1, id: 1 }), turns.of({ connection: 1, id: 2 })];
  one.enter();
  one.leave();
  one.enter();
  expect(reports).toEqual([[1]]);
  // Both have what they waited for, and neither has run yet.
  two.enter();
  expect(reports).toEqual([[1], [1, 2]]);
  two.leave();
  one.leave();
  two.enter();
  expect(reports).toEqual([[1], [1, 2], [2]]);
});

test("a guest is reported before it runs, and one that waits is not", async () => {
  const woken = deferred();
  const guest = runGuest(async ({ request, context, respond }) => {
    if (request.pathWithQuery() === "/waits") await context.suspending(woken.promise);
    respond({ status: 200 }).end();
  });
  const waiting = guest.send({ url: "http://app.test/waits" });
  await expect.poll(guest.running).toEqual([[1]]);
  await guest.send({ url: "http://app.test/other" });
  expect(guest.running()).toEqual([[1], [2]]);
  woken.resolve();
  await waiting;
  expect(guest.running()).toEqual([[1], [2], [1]]);
});

test("a request that an application sends to itself counts as the one from outside", async () => {
  const guest = runGuest(
    async ({ request, context, respond }) => {
      if (request.pathWithQuery() === "/outer") {
        const { signal } = context;
        const inner = { method: "GET", url: "/inner", headers: [], body: undefined, signal };
        await context.suspending(context.outbound.send(inner));
      }
      respond({ status: 200 }).end();
    },
    { allowedHosts: ["http://self"] },
  );
  const { status } = await guest.send({ url: "http://app.test/outer" });
  expect(status).toBe(200);
  expect(guest.running().length).toBeGreaterThan(1);
  expect(new Set(guest.running().flat())).toEqual(new Set([1]));
});
