import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PlaygroundError } from "../errors.ts";
import { deferred } from "../deferred.ts";
import { buildRoutes } from "../routing/routes.ts";
import { runGuest } from "./testing/run-guest.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const hour = 3_600_000;
const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test("a guest that waits only after its request has ended waits for ever", async () => {
  const steps: string[] = [];
  // Not a wait of the host's: stands for a guest that computes while its request ends.
  const computing = deferred();
  const { send, cancel } = runGuest(async ({ sleep }) => {
    steps.push("begun");
    await computing.promise;
    steps.push("computed");
    await sleep(1);
    steps.push("went on");
  });
  const answer = send();
  await vi.waitFor(() => expect(steps).toEqual(["begun"]));
  cancel();
  await answer;
  computing.resolve();
  await vi.advanceTimersByTimeAsync(1000);
  expect(steps).toEqual(["begun", "computed"]);
});

test("a guest may go on after its response, and is ended at the deadline", async () => {
  const { send, lines } = runGuest(async ({ respond, sleep, stderr }) => {
    respond({ status: 200 }).end();
    await sleep(10_000);
    stderr("still here\n");
    await sleep(hour);
    stderr("not any more\n");
  });
  expect((await send()).status).toBe(200);
  await vi.advanceTimersByTimeAsync(2 * hour);
  expect(lines()).toEqual([
    "stderr: still here",
    "engine: Component error after response started: The handler went on for 30 s after its response was complete, and was ended.",
  ]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a guest that goes on after its response gives back its instance at the deadline", async () => {
  const { send } = runGuest(
    async ({ request, respond, sleep }) => {
      respond({ status: 200 }).end();
      if (request.pathWithQuery() === "/first") await sleep(hour);
    },
    { limits: { liveInstances: 1, queuedRequests: 1, requestDeadlineMs: 1000 } },
  );
  await send({ url: "http://app.test/first" });
  await vi.advanceTimersByTimeAsync(500);
  const second = send();
  await vi.advanceTimersByTimeAsync(600);
  expect((await second).status).toBe(200);
});

test("a stop ends what is under way: an answer 503, or a body that breaks off", async () => {
  const { send, stop } = runGuest(async ({ request, respond, sleep }) => {
    if (request.pathWithQuery() === "/early") respond({ status: 200, body: "part" });
    await sleep(hour);
  });
  const streaming = await send({ url: "http://app.test/early" });
  const waiting = send();
  await vi.advanceTimersByTimeAsync(1);
  stop(new PlaygroundError("not-running", "The application was stopped."));
  expect((await waiting).status).toBe(503);
  expect([textOf(streaming.first), streaming.body?.state]).toEqual(["part", "failed"]);
  expect(streaming.body?.failure?.message).toBe("The application was stopped.");
});

test("a streamed response has one trace, sent when it is complete, with the failure if it broke off", async () => {
  const { send, traces, lines } = runGuest(async ({ request, respond, sleep, stderr }) => {
    const response = respond({ status: 200, body: "one" });
    await sleep(10);
    response.write("two");
    if (request.pathWithQuery() !== "/bad") return response.end();
    stderr("Error while running request handler: broke later\n");
  });
  const good = await send();
  expect(traces()).toEqual([]);
  await vi.advanceTimersByTimeAsync(10);
  expect(textOf(good.body?.take(10))).toBe("two");
  expect(good.body?.state).toBe("ended");
  expect(traces()).toHaveLength(1);
  expect(traces()[0]).not.toHaveProperty("failure");
  expect(traces()[0]?.spans.map(({ name }) => name)).toEqual(["queue", "instance", "handler", "response"]);

  await send({ url: "http://app.test/bad" });
  await vi.advanceTimersByTimeAsync(10);
  expect(traces().slice(1)).toMatchObject([
    { status: 200, failure: { code: "instance-failed", message: "The handler threw: broke later" } },
  ]);
  expect(lines().at(-1)).toBe(
    "engine: Component error after response started: the handler returned before the body was finished",
  );
});

test("a body that its reader cancels is no error of the component", async () => {
  const { send, cancel, lines, traces } = runGuest(async ({ respond, sleep }) => {
    respond({ status: 200, body: "part" });
    await sleep(hour);
  });
  await send();
  cancel();
  await vi.advanceTimersByTimeAsync(1);
  expect([lines(), traces().length, traces()[0]?.failure]).toEqual([[], 1, undefined]);
});

test("a whole response stands when the guest fails after it, and the log says so", async () => {
  const { send, lines, traces } = runGuest(({ respond }) => {
    respond({ status: 200, body: "whole" }).end();
    throw new Error("late");
  });
  const { status, first } = await send();
  expect([status, textOf(first)]).toEqual([200, "whole"]);
  expect(lines()).toEqual(["engine: Component error after response started: guest invocation failed: late"]);
  expect(traces().map(({ failure }) => failure)).toEqual([undefined]);
});

test.each([
  ["GET", 204],
  ["GET", 205],
  ["GET", 304],
  ["HEAD", 200],
])("a body that %s %i cannot have is dropped, and the guest goes on", async (method, status) => {
  let wentOn = false;
  const { send, lines, traces } = runGuest(async ({ respond, sleep }) => {
    respond({ status, body: "text" });
    await sleep(10);
    wentOn = true;
  });
  const answer = await send({ method });
  expect([answer.status, answer.first.length, answer.body]).toEqual([status, 0, undefined]);
  await vi.advanceTimersByTimeAsync(10);
  expect([wentOn, lines(), traces().length]).toEqual([true, [], 1]);
});

test("headers of a static response are byte strings, and its status must be one of a browser", async () => {
  const routes = (status: number) => {
    const trigger_config = { route: "/...", static_response: { status_code: status, headers: { "x-name": "€" } } };
    const metadata = { name: "test" };
    const triggers = [{ id: "t", trigger_type: "http", trigger_config }];
    return buildRoutes({ spin_lock_version: 0, metadata, variables: {}, triggers, components: [] }).table;
  };
  const good = await runGuest(() => undefined, { routes: routes(200) }).send();
  expect(good.headers).toEqual([["x-name", "\u00e2\u0082\u00ac"]]);
  expect((await runGuest(() => undefined, { routes: routes(700) }).send()).status).toBe(500);
});

test("an address that is none is an answer, not a rejection", async () => {
  expect((await runGuest(() => undefined).send({ url: "nowhere" })).status).toBe(500);
});
