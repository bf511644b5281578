import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defaultLimits, type EngineEvent, type Limits, type Trace, type WireRequest } from "../protocol.ts";
import { bytesSource } from "../host/bytes-source.ts";
import { drain } from "../host/drain.ts";
import type { FieldEntry } from "../host/wasi-http-fields.ts";
import { IncomingBody } from "../host/wasi-http-incoming-body.ts";
import { Admission } from "./admission.ts";
import { GuestTurns } from "./guest-turns.ts";
import { fakeApplication, type FakeGuest, type GuestResponse } from "./testing/fake-application.ts";
import { buildRoutes } from "../routing/routes.ts";
import { createRunner, type RunnerServices } from "./runner.ts";
import { testInstances } from "./testing/run-guest.ts";

let events: EngineEvent[];
let stopped: AbortController;
const caller = () => new AbortController();
const traces = (): Trace[] => events.flatMap((event) => (event.type === "trace" ? [event.trace] : []));
const logged = (): string[] => events.flatMap((event) => (event.type === "log" ? [event.line.text] : []));
const get = (path: string, headers: [string, string][] = []): WireRequest => ({
  method: "GET",
  url: `http://app.test${path}`,
  headers,
  body: null,
  clientAddress: "127.0.0.1:0",
});
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function runner(guest: FakeGuest, limits: Partial<Limits> = {}) {
  const all = { ...defaultLimits, ...limits };
  const application = fakeApplication(guest, ["http://self"]);
  const handle = createRunner({ ...services(all), application: () => Promise.resolve(application) });
  return (wire: WireRequest, signal: AbortSignal) => handle(wire, signal, { connection: 1, id: 1 });
}

function services(all: Limits): Omit<RunnerServices, "application"> {
  return {
    stopped: () => stopped.signal,
    limits: () => all,
    admission: new Admission({ live: all.liveInstances, waiting: all.queuedRequests }),
    instances: testInstances(all),
    turns: new GuestTurns(() => undefined),
    emit: (event) => events.push(structuredClone(event)),
  };
}
const noRoutes = {
  spin_lock_version: 0 as const,
  metadata: { name: "x" },
  variables: {},
  triggers: [],
  components: [],
};

beforeEach(() => {
  events = [];
  stopped = new AbortController();
});

describe("an answer", () => {
  it("is whole when the guest never waits, and its trace has all spans", async () => {
    const handle = runner(({ respond }) => respond({ status: 201, body: "hello" }).end());
    const answer = await handle(get("/"), caller().signal);
    expect([answer.status, textOf(answer.first), answer.body]).toEqual([201, "hello", undefined]);
    expect(traces()).toHaveLength(1);
    expect(traces()[0]?.spans.map(({ name }) => name)).toEqual(["queue", "instance", "handler", "response"]);
  });

  it.each(["at once", "later"])("has its trailers, as its trace has, when the body ends %s", async (when) => {
    const handle = runner(async ({ respond, sleep }) => {
      const response = respond({ status: 200, body: "x" });
      if (when === "later") await sleep(1);
      response.end([["X-Sum", "1"]]);
    });
    const { body, trailers } = await handle(get("/"), caller().signal);
    if (body) await drain(body);
    expect(await trailers).toEqual([["x-sum", "1"]]);
    await expect.poll(() => traces()).toMatchObject([{ trailers: [["x-sum", "1"]] }]);
  });

  it("has no trailers in its trace when they are large", async () => {
    const handle = runner(({ respond }) => respond({ status: 200 }).end([["x", "y".repeat(9000)]]));
    await handle(get("/"), caller().signal);
    await expect.poll(() => traces()).toHaveLength(1);
    expect(traces()[0]).not.toHaveProperty("trailers");
  });

  it("hands the trailers of a request to itself to the guest, after the body", async () => {
    let seen: unknown;
    const handle = runner(async ({ request, respond, context }) => {
      if (request.pathWithQuery() === "/outer") {
        const trailers = Promise.resolve([["X-Sum", new TextEncoder().encode("4")] satisfies FieldEntry]);
        const body = bytesSource(new TextEncoder().encode("body"));
        const { signal } = context;
        await context.outbound.send({ method: "POST", url: "/", headers: [], body, trailers, signal });
        return respond({ status: 200 }).end();
      }
      const future = IncomingBody.finish(request.consume());
      await future.subscribe().block();
      const got = future.get();
      if (got?.tag === "ok" && got.val.tag === "ok") seen = got.val.val?.entries();
      respond({ status: 200 }).end();
    });
    await handle(get("/outer"), caller().signal);
    expect(seen).toEqual([["x-sum", new TextEncoder().encode("4")]]);
  });

  it("hands header values to the guest byte by byte, and Spin's own as UTF-8", async () => {
    let value: number[] = [];
    const handle = runner(({ request, respond }) => {
      value = [...(request.headers().get("x-raw")[0] ?? [])];
      respond({ status: 200 }).end();
    });
    await handle(get("/", [["x-raw", "\u00e9\u00ff"]]), caller().signal);
    expect(value).toEqual([0xe9, 0xff]);
  });

  it.each([101, 199, 600, 999])("with status %i is a 500 that says why", async (status) => {
    const handle = runner(({ respond }) => respond({ status, body: "x" }).end());
    const answer = await handle(get("/"), caller().signal);
    expect([answer.status, answer.first.length, answer.body]).toEqual([500, 0, undefined]);
    expect(traces().at(-1)?.failure?.message).toContain(`status ${status}`);
  });
});

describe("a path without a route", () => {
  it("is an empty 404, of which the log tells once", async () => {
    const { signal } = caller();
    const application = { ...fakeApplication(() => undefined), routes: buildRoutes(noRoutes).table };
    const handle = createRunner({ ...services(defaultLimits), application: () => Promise.resolve(application) });
    for (const path of ["/nope", "/nope/either"]) {
      const answer = await handle(get(path), signal, { connection: 1, id: 1 });
      expect([answer.status, answer.first.length, answer.headers]).toEqual([404, 0, []]);
    }
    expect(logged()).toEqual([
      "Request to /nope matched no pattern, and received a generic 404 response. To serve a more informative 404 page, add a catch-all (/...) route.",
    ]);
  });
});

describe("a guest that fails", () => {
  it("after it set a head, before any byte of the body, is a clean 500 with what it printed", async () => {
    const handle = runner(({ respond, stderr }) => {
      stderr("Error while running request handler: handler broke\nStack:\n  at handle\n");
      respond({ status: 500 });
    });
    const answer = await handle(get("/"), caller().signal);
    expect([answer.status, answer.first.length, answer.body]).toEqual([500, 0, undefined]);
    expect(traces().at(-1)).toMatchObject({
      status: 500,
      failure: { code: "instance-failed", message: "The handler threw: handler broke" },
    });
  });

  it("in the middle of the body breaks the body off", async () => {
    const handle = runner(({ respond }) => {
      respond({ status: 200, body: "part" });
    });
    const answer = await handle(get("/"), caller().signal);
    expect([answer.status, textOf(answer.first), answer.body?.state]).toEqual([200, "part", "failed"]);
    expect(answer.body?.failure?.message).toContain("before the body was finished");
  });

  it("with a trap is a 500 with an empty body", async () => {
    const handle = runner(() => {
      throw new WebAssembly.RuntimeError("unreachable");
    });
    const answer = await handle(get("/"), caller().signal);
    expect([answer.status, answer.first.length]).toEqual([500, 0]);
    expect(logged().join("\n")).toContain("guest invocation failed: unreachable");
  });
});

describe("the end of a request", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("comes at the deadline, and the guest does not run on", async () => {
    let ranOn = false;
    const handle = runner(
      async ({ sleep, respond }) => {
        await sleep(60_000);
        ranOn = true;
        respond({ status: 200 }).end();
      },
      { requestDeadlineMs: 1_000 },
    );
    const pending = handle(get("/"), caller().signal);
    await vi.advanceTimersByTimeAsync(1_000);
    const answer = await pending;
    expect(answer.status).toBe(504);
    expect(textOf(answer.first)).toContain("did not answer within 1 s");
    await vi.advanceTimersByTimeAsync(120_000);
    expect(ranOn).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("comes when the caller goes away", async () => {
    let ranOn = false;
    const gone = caller();
    const handle = runner(async ({ sleep }) => {
      await sleep(10_000);
      ranOn = true;
    });
    const pending = handle(get("/"), gone.signal);
    await vi.advanceTimersByTimeAsync(1);
    gone.abort();
    expect((await pending).status).toBe(500);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(ranOn).toBe(false);
  });

  it("ends what the guest left running, once the body was read", async () => {
    let signal: AbortSignal | undefined;
    let response: GuestResponse | undefined;
    const handle = runner(async ({ context, respond, sleep }) => {
      ({ signal } = context);
      response = respond({ status: 200, body: "one;" });
      await sleep(10);
      response.write("two");
      response.end();
    });
    const { first, body } = await handle(get("/"), caller().signal);
    expect(textOf(first)).toBe("one;");
    expect(body?.state).toBe("open");
    await vi.advanceTimersByTimeAsync(10);
    expect(signal?.aborted).toBe(false);
    expect(textOf(body?.take(100) ?? new Uint8Array())).toBe("two");
    expect(body?.state).toBe("ended");
    expect(signal?.aborted).toBe(true);
  });

  it("lets the next one in", async () => {
    const handle = runner(({ respond }) => respond({ status: 200 }).end(), { liveInstances: 1, queuedRequests: 0 });
    for (let index = 0; index < 3; index++) expect((await handle(get("/"), caller().signal)).status).toBe(200);
  });
});

it("records an outbound request with its outcome", async () => {
  const handle = runner(async ({ context, respond }) => {
    await context.outbound.send({
      method: "GET",
      url: "https://denied.example/x",
      headers: [],
      body: undefined,
      signal: context.signal,
    });
    respond({ status: 200 }).end();
  });
  await handle(get("/"), caller().signal);
  const spans = traces().at(-1)?.spans ?? [];
  expect(spans).toContainEqual(
    expect.objectContaining({ name: "outbound", detail: "GET https://denied.example/x HTTP-request-denied" }),
  );
});
