import { expect, test } from "vitest";
import { text, utf8 } from "../host/context-for-tests.ts";
import { deferred } from "../deferred.ts";
import { WitError } from "../host/wit-error.ts";
import { runGuest } from "./testing/run-guest.ts";

test("a response body breaks off at its limit", async () => {
  const run = runGuest(
    async ({ respond, sleep }) => {
      respond({ status: 200, body: "12345678" });
      // As a guest does that has more to write than the pipe takes.
      await sleep(60_000);
    },
    { limits: { responseBodyBytes: 5, requestDeadlineMs: 1 } },
  );
  const { first, body } = await run.send();
  expect(text(first)).toBe("12345");
  expect(body?.take(100)).toHaveLength(0);
  const message = "The response body is longer than 5 bytes, the playground's limit.";
  expect([body?.state, body?.failure?.message]).toEqual(["failed", message]);
  await expect.poll(() => run.traces()).toMatchObject([{ failure: { code: "limit-exceeded", message } }]);
  expect(run.lines()).toContain(`engine: ${message}`);
});

test("a request body as long as its limit is whole, a longer one fails for the guest", async () => {
  const outcomes: unknown[] = [];
  const run = runGuest(
    ({ request, respond }) => {
      const stream = request.consume().stream();
      outcomes.push(text(stream.read(100n)));
      try {
        stream.read(100n);
      } catch (error) {
        // The end of the stream and its failure are both an `err` of the host call; anything else fails the test.
        if (!(error instanceof WitError)) throw error;
        outcomes.push((error.payload as { tag: string }).tag);
      }
      respond({ status: 200 }).end();
    },
    { limits: { requestBodyBytes: 4 } },
  );
  await run.send({ method: "POST", body: utf8("1234") });
  await run.send({ method: "POST", body: utf8("12345") });
  expect(outcomes).toEqual(["1234", "closed", "1234", "last-operation-failed"]);
});

test("output beyond its limit is dropped, and the log says so once", async () => {
  const run = runGuest(
    ({ context, respond, stderr }) => {
      for (const line of ["one\n", "two\n", "three\n"]) context.log("stdout", utf8(line));
      stderr("four\n");
      respond({ status: 200 }).end();
    },
    { limits: { logBytes: 6 } },
  );
  await run.send();
  expect(run.lines()).toEqual([
    "stdout: one",
    "stdout: tw",
    "engine: The request printed more than 6 bytes; the rest is not kept.",
  ]);
});

test("output as long as its limit is all there", async () => {
  const run = runGuest(
    ({ respond, stderr }) => {
      stderr("one\n");
      respond({ status: 200 }).end();
    },
    { limits: { logBytes: 4 } },
  );
  await run.send();
  expect(run.lines()).toEqual(["stderr: one"]);
});

test("requests beyond the live instances wait, and those beyond the queue are answered 503", async () => {
  const gate = deferred();
  const run = runGuest(
    async ({ respond }) => {
      await gate.promise;
      respond({ status: 200 }).end();
    },
    { limits: { liveInstances: 1, queuedRequests: 1 } },
  );
  const [first, second, third] = [run.send(), run.send(), run.send()];
  expect(await third).toMatchObject({ status: 503, headers: expect.arrayContaining([["retry-after", "1"]]) });
  gate.resolve();
  expect([(await first).status, (await second).status]).toEqual([200, 200]);
});
