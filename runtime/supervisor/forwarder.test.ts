import { afterEach, expect, test } from "vitest";
import { createCaller } from "../dispatch/caller.ts";
import { serve, type EngineResponse } from "../dispatch/responder.ts";
import type { ByteSource } from "../host/byte-stream.ts";
import { bytesSource } from "../host/bytes-source.ts";
import type { EngineEvent, RequestKey } from "../protocol.ts";
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

interface Worker {
  id: number;
  answer: (url: string) => Promise<Partial<EngineResponse>>;
}

/** A forwarder over these workers, which answer as they are told. */
function start(...given: Worker[]) {
  const events: EngineEvent[] = [];
  /** Paths of requests by worker. */
  const asked: Record<number, string[]> = {};
  /** Keys of requests by path. */
  const keys = new Map<string, RequestKey>();
  const whole = { requestId: "r1", status: 200, headers: [], first: new Uint8Array(), body: undefined };
  let workers = given.map(({ id, answer }) => {
    const fake = new FakeWorker();
    asked[id] = [];
    fake.onTold = (message) => {
      if (message.type !== "connect") return;
      serve(message.port, async ({ url }, _signal, requestId) => {
        const { pathname } = new URL(url);
        asked[id]?.push(pathname);
        keys.set(pathname, { connection: message.connection, id: requestId });
        return { ...whole, ...(await answer(pathname)) };
      });
    };
    return new InstanceWorker({
      id,
      spawn: () => fake.asWorker,
      onEvent: () => undefined,
      onPostgres: () => undefined,
    });
  });
  const { port1, port2 } = new MessageChannel();
  const forwarder = new Forwarder(
    port2,
    () => workers,
    (event) => events.push(event),
  );
  const caller = createCaller(port1);
  ends.push(() => caller.close("test over"));
  return {
    caller,
    traces: () => events.flatMap((event) => (event.type === "trace" ? event.trace : [])),
    asked,
    /** @param culprits paths of the requests whose guests were running */
    drop: (workerId: number, reason: string, culprits: string[] = []): void => {
      workers = workers.filter(({ id }) => id !== workerId);
      forwarder.drop(
        workerId,
        reason,
        culprits.flatMap((path) => keys.get(path) ?? []),
      );
    },
  };
}

const get = (path: string): Request => new Request(`http://app.test${path}`);

const never = () => new Promise<never>(() => {});

test("the request that ended its worker fails with the reason, and has its trace", async () => {
  const { caller, asked, traces, drop } = start({
    id: 7,
    answer: async (path) => (path === "/stream" ? { status: 203, body: open } : never()),
  });
  const { response } = await caller.send(get("/stream"));
  const waiting = caller.send(get("/wait"));
  await expect.poll(() => asked[7]).toEqual(["/stream", "/wait"]);
  drop(7, "It computed for ever.", ["/stream", "/wait"]);
  const told = "It computed for ever. It was running the handler of this request.";
  const answer = await waiting;
  expect([answer.response.status, await answer.response.text()]).toEqual([502, `${told}\n`]);
  await expect(response.text()).rejects.toThrow(told);
  const failure = { code: "engine-unavailable", message: told };
  expect(traces()).toMatchObject([
    { requestId: "r1", status: 203, url: "http://app.test/stream", failure },
    { requestId: answer.requestId, status: 502, method: "GET", url: "http://app.test/wait", failure },
  ]);
});

test("requests that were beside it go to another worker where that is safe, and requests there are untouched", async () => {
  const first: Worker = { id: 7, answer: never };
  const second: Worker = { id: 8, answer: async (path) => (path === "/there" ? never() : { status: 201 }) };
  const { caller, asked, traces, drop } = start(first, second);
  const send = (path: string, init?: RequestInit) => caller.send(new Request(`http://app.test${path}`, init));
  const spinning = send("/spin");
  const there = send("/there");
  there.catch(() => undefined);
  await expect.poll(() => [asked[7], asked[8]]).toEqual([["/spin"], ["/there"]]);
  // In turn: every second one comes to the first worker.
  const beside = [send("/a"), send("/b"), send("/post", { method: "POST", body: "x" })];
  await expect.poll(() => asked[7]).toEqual(["/spin", "/a", "/post"]);
  drop(7, "It computed for ever.", ["/spin"]);
  const [a, b, posted] = await Promise.all(beside);
  expect([a?.response.status, b?.response.status, posted?.response.status]).toEqual([201, 201, 502]);
  expect(asked[8]).toEqual(["/there", "/b", "/a"]);
  expect(await posted?.response.text()).toMatch(/^It computed .* not sent again: a POST request may have changed/);
  expect((await spinning).response.status).toBe(502);
  expect(
    traces()
      .map(({ url, status }) => `${new URL(url).pathname} ${status}`)
      .sort(),
  ).toEqual(["/post 502", "/spin 502"]);
  expect(caller.inFlight).toBe(1);
});

test("a request that was sent again is not sent a third time", async () => {
  const { caller, asked, drop } = start({ id: 7, answer: never }, { id: 8, answer: never }, { id: 9, answer: never });
  const sent = caller.send(get("/a"));
  await expect.poll(() => asked[7]).toEqual(["/a"]);
  drop(7, "It computed for ever.");
  await expect.poll(() => asked[8]).toEqual(["/a"]);
  drop(8, "It computed for ever.");
  const { response } = await sent;
  expect([response.status, await response.text()]).toEqual([502, expect.stringContaining("a second time")]);
  expect(asked[9]).toEqual([]);
});

test("a request that no worker can take is answered 503 with a time to come back, and has its trace", async () => {
  const { caller, traces } = start();
  const { response, requestId } = await caller.send(get("/"));
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(traces()).toMatchObject([{ requestId, status: 503 }]);
});

test("a request that was cancelled is not under way any more", async () => {
  const { caller, asked, traces, drop } = start({ id: 7, answer: never });
  const abort = new AbortController();
  const cancelled = expect(caller.send(new Request("http://app.test/a", { signal: abort.signal }))).rejects.toThrow();
  await expect.poll(() => asked[7]).toEqual(["/a"]);
  abort.abort();
  await cancelled;
  const waiting = caller.send(get("/b"));
  await expect.poll(() => asked[7]).toEqual(["/a", "/b"]);
  drop(7, "gone");
  await waiting;
  expect(traces().map(({ url }) => url)).toEqual(["http://app.test/b"]);
});
