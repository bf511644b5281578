import { afterEach, expect, test } from "vitest";
import { createCaller } from "../dispatch/caller.ts";
import { serve, type EngineResponse } from "../dispatch/responder.ts";
import type { ByteSource } from "../host/byte-stream.ts";
import { bytesSource } from "../host/bytes-source.ts";
import type { EngineEvent } from "../protocol.ts";
import { Forwarder } from "./forwarder.ts";
import { InstanceWorker } from "./instance-worker.ts";
import { FakeWorker } from "./testing/fake-worker.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A body that stays open. */
const open: ByteSource = {
  ...bytesSource(new Uint8Array()),
  state: "open",
  isReady: false,
  ready: () => new Promise(() => {}),
};

function start(answer: (url: string) => Promise<Partial<EngineResponse>>) {
  const fake = new FakeWorker();
  const events: EngineEvent[] = [];
  const asked: string[] = [];
  const worker = new InstanceWorker({ id: 7, spawn: () => fake.asWorker, onEvent: () => undefined });
  let workers = [worker];
  const { port1, port2 } = new MessageChannel();
  const forwarder = new Forwarder(
    port2,
    () => workers,
    (event) => events.push(event),
  );
  const caller = createCaller(port1);
  ends.push(() => caller.close("test over"));
  const whole = { requestId: "r1", status: 200, headers: [], first: new Uint8Array(), body: undefined };
  const connect = (): void => {
    for (const { port } of fake.told("connect").splice(-1)) {
      serve(port, async ({ url }) => {
        const { pathname } = new URL(url);
        asked.push(pathname);
        return { ...whole, ...(await answer(pathname)) };
      });
    }
  };
  return {
    caller,
    connect,
    fake,
    traces: () => events.flatMap((event) => (event.type === "trace" ? event.trace : [])),
    asked,
    drop: (reason: string): void => {
      workers = [];
      forwarder.drop(7, reason);
    },
  };
}

const get = (path: string): Request => new Request(`http://app.test${path}`);

test("a worker that is ended fails its requests with the reason, and each has its trace", async () => {
  const { caller, connect, fake, asked, traces, drop } = start(async (path) =>
    path === "/stream" ? { status: 203, body: open } : new Promise(() => {}),
  );
  const streaming = caller.send(get("/stream"));
  await expect.poll(() => fake.told("connect").length).toBe(1);
  connect();
  const { response } = await streaming;
  const waiting = caller.send(get("/wait"));
  await expect.poll(() => asked).toEqual(["/stream", "/wait"]);
  drop("It computed for ever.");
  const answer = await waiting;
  expect([answer.response.status, await answer.response.text()]).toEqual([502, "It computed for ever.\n"]);
  await expect(response.text()).rejects.toThrow("It computed for ever.");
  const failure = { code: "engine-unavailable", message: "It computed for ever." };
  expect(traces()).toMatchObject([
    { requestId: "r1", status: 203, url: "http://app.test/stream", failure },
    { requestId: answer.requestId, status: 502, method: "GET", url: "http://app.test/wait", failure },
  ]);
});

test("a request that no worker can take is answered 503, and has its trace", async () => {
  const { caller, traces, drop } = start(async () => ({}));
  drop("gone");
  const { response, requestId } = await caller.send(get("/"));
  expect(response.status).toBe(503);
  expect(traces()).toMatchObject([{ requestId, status: 503 }]);
});

test("a request that was cancelled is not under way any more", async () => {
  const { caller, connect, fake, asked, traces, drop } = start(() => new Promise(() => {}));
  const abort = new AbortController();
  const cancelled = expect(caller.send(new Request("http://app.test/a", { signal: abort.signal }))).rejects.toThrow();
  await expect.poll(() => fake.told("connect").length).toBe(1);
  connect();
  abort.abort();
  await cancelled;
  const waiting = caller.send(get("/b"));
  await expect.poll(() => asked).toEqual(["/a", "/b"]);
  drop("gone");
  await waiting;
  expect(traces().map(({ url }) => url)).toEqual(["http://app.test/b"]);
});
