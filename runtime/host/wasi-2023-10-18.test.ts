import { describe, expect, it } from "vitest";
import { bytesSource, emptySource } from "./bytes-source.ts";
import type { OutboundRequest, OutboundResult } from "./context.ts";
import { outcome, testContext, utf8 } from "./context-for-tests.ts";
import { ResponseOutparam } from "./http-exchange.ts";
import { wasi20231018 } from "./wasi-2023-10-18.ts";
import type { OutgoingRequest20231018, OutgoingResponse20231018 } from "./wasi-2023-10-18-http-outgoing.ts";
import { Fields, type FieldEntry } from "./wasi-http-fields.ts";
import { IncomingResponse } from "./wasi-http-incoming.ts";
import { IncomingBody } from "./wasi-http-incoming-body.ts";
import { OutgoingRequest, type RequestOptions } from "./wasi-http-outgoing-request.ts";
import { OutgoingResponse } from "./wasi-http-outgoing-response.ts";
import { HttpError, type Result } from "./wasi-http-types.ts";
import type { Pollable } from "./wasi-io-poll.ts";
import { createPipe } from "./pipe.ts";

interface Future {
  subscribe: () => Pollable;
  get(): unknown;
}

interface Types {
  Fields: new (entries: FieldEntry[]) => Fields;
  OutgoingRequest: new (...parts: unknown[]) => OutgoingRequest20231018;
  OutgoingResponse: new (status: number, headers: Fields) => OutgoingResponse20231018;
  IncomingBody: { finish(body: IncomingBody): Future };
  ResponseOutparam: { set(outparam: ResponseOutparam, response: unknown): void };
}

const version = "0.2.0-rc-2023-10-18";
const members = (name: string, context = testContext()): unknown => wasi20231018[`wasi:${name}@${version}`]?.(context);
const types = members("http/types") as Types;
const headers = (): Fields => new types.Fields([["X-A", utf8("1")]]);

describe("messages of 0.2.0-rc-2023-10-18", () => {
  it("have fields that are made of a list, and trap on what is invalid", () => {
    expect(headers()).toBeInstanceOf(Fields);
    expect(new Fields()).toBeInstanceOf(types.Fields);
    expect(headers().entries()).toEqual([["x-a", utf8("1")]]);
    expect(() => new types.Fields([["Host", utf8("h")]])).toThrow("forbidden");
  });

  it("borrow their headers", () => {
    const given = headers();
    const response = new types.OutgoingResponse(201, given);
    given.append("x-b", utf8("2"));
    expect(response).toBeInstanceOf(OutgoingResponse);
    expect(new types.OutgoingResponse(204, given)).toBeInstanceOf(types.OutgoingResponse);
    const { status, headers: kept } = response.message();
    expect([status, kept.has("x-b")]).toEqual([201, false]);
    expect(response.write()).toBe(response.message().body);
    expect(outcome(() => response.write())).toEqual({ err: undefined });
    expect(() => new types.OutgoingResponse(1000, given)).toThrow("invalid status code supplied");
  });

  it("are constructed whole, or trap", () => {
    const method = { tag: "other", val: "PURGE" };
    const request = new types.OutgoingRequest(method, "/p?q", { tag: "HTTP" }, "a.test", headers());
    expect(request).toBeInstanceOf(OutgoingRequest);
    expect([request.method(), request.pathWithQuery(), request.scheme(), request.authority()]).toEqual([
      method,
      "/p?q",
      { tag: "HTTP" },
      "a.test",
    ]);
    expect(request.write()).toBe(request.takenBody());
    const make = (...parts: unknown[]) => new types.OutgoingRequest(...parts, headers());
    expect(() => make({ tag: "other", val: "a b" }, "/", undefined, undefined)).toThrow("invalid method supplied");
    expect(() => make({ tag: "get" }, "/ ", undefined, undefined)).toThrow("invalid path-with-query supplied");
    expect(() => make({ tag: "get" }, "/", { tag: "other", val: "9" }, undefined)).toThrow("invalid scheme supplied");
    expect(() => make({ tag: "get" }, "/", undefined, "a b")).toThrow("invalid authority supplied");
  });

  it("tell the host of an error as Spin does", () => {
    let given: Result<OutgoingResponse, unknown> | undefined;
    const outparam = new ResponseOutparam((response) => (given = response));
    types.ResponseOutparam.set(outparam, { tag: "err", val: { tag: "timeout-error", val: "late" } });
    expect(given).toEqual({ tag: "err", val: { tag: "internal-error", val: "timeout: late" } });
    const response = new types.OutgoingResponse(200, headers());
    types.ResponseOutparam.set(outparam, { tag: "ok", val: response });
    expect(given).toEqual({ tag: "ok", val: response });
  });
});

describe("outgoing-handler of 0.2.0-rc-2023-10-18", () => {
  function start(result: OutboundResult) {
    const sent: OutboundRequest[] = [];
    const send = (request: OutboundRequest): Promise<OutboundResult> => {
      sent.push(request);
      return Promise.resolve(result);
    };
    const context = testContext({ outbound: { send } });
    const { handle } = members("http/outgoing-handler", context) as {
      handle: (request: OutgoingRequest, options: Partial<RequestOptions> | undefined) => Future;
    };
    return { context, handle, sent };
  }
  const get = (scheme?: unknown) => new types.OutgoingRequest({ tag: "get" }, "/p", scheme, undefined, headers());

  it("takes its options as a record of milliseconds, and gives the response once", async () => {
    const { handle, sent } = start({ ok: true, status: 299, headers: [], body: bytesSource(utf8("hi")) });
    const options = { firstByteTimeoutMs: 250 } as object;
    const future = handle(get(), options);
    expect(sent).toMatchObject([{ url: "/p", firstByteTimeoutMs: 250 }]);
    expect(sent[0]).not.toHaveProperty("connectTimeoutMs");
    expect(future.get()).toBeUndefined();
    await future.subscribe().block();
    expect(future.get()).toMatchObject({ tag: "ok", val: { tag: "ok", val: expect.any(IncomingResponse) as object } });
    expect(future.get()).toEqual({ tag: "err", val: undefined });
  });

  it("tells errors by their text", async () => {
    const { handle } = start({ ok: false, error: { tag: "HTTP-request-denied" } });
    const future = handle(get(), undefined);
    await future.subscribe().block();
    const denied = { tag: "unexpected-error", val: "HTTP-request-denied" };
    expect(future.get()).toEqual({ tag: "ok", val: { tag: "err", val: denied } });
    const scheme = { tag: "other", val: "gopher" };
    expect(outcome(() => handle(get(scheme), undefined))).toEqual({
      err: { tag: "unexpected-error", val: "HTTP-protocol-error" },
    });
  });
});

describe("trailers of 0.2.0-rc-2023-10-18", () => {
  it("are empty where there are none, and trap when they are asked for again", () => {
    const future = types.IncomingBody.finish(new IncomingBody(testContext(), emptySource()));
    const got = future.get() as Result<Fields, unknown>;
    expect(got.tag === "ok" && got.val.entries()).toEqual([]);
    expect(() => future.get()).toThrow("retrieved already");
  });

  it("tell a body's failure by its text", () => {
    const pipe = createPipe();
    pipe.sink.fail(new HttpError({ tag: "internal-error", val: "why" }));
    const future = types.IncomingBody.finish(new IncomingBody(testContext(), pipe.source));
    expect(future.get()).toEqual({ tag: "err", val: { tag: "unexpected-error", val: "internal-error: why" } });
  });
});

it("waits by functions, for one pollable or several, and for a time from now or on the clock", async () => {
  const context = testContext();
  const { pollList, pollOne } = members("io/poll", context) as {
    pollList: (list: Pollable[]) => Uint32Array | Promise<Uint32Array>;
    pollOne: (pollable: Pollable) => void | Promise<void>;
  };
  const { now, subscribe } = members("clocks/monotonic-clock", context) as {
    now: () => bigint;
    subscribe: (when: bigint, absolute: boolean) => Pollable;
  };
  const begin = now();
  const [later, never] = [subscribe(5_000_000n, false), subscribe(3_600_000_000_000n, false)];
  expect(await pollList([never, later])).toEqual(Uint32Array.of(1));
  expect(now() - begin).toBeGreaterThanOrEqual(5_000_000n);
  expect(subscribe(begin, true).ready()).toBe(true);
  await pollOne(subscribe(now() + 2_000_000n, true));
  expect(context.suspensions).toBe(2);
  context.end();
});

it("keeps the errors of streams with the streams", () => {
  const { InputStream, Error: StreamError } = members("io/streams") as Record<string, unknown>;
  expect([typeof InputStream, typeof StreamError]).toEqual(["function", "function"]);
  expect(wasi20231018).not.toHaveProperty([`wasi:io/error@${version}`]);
});

describe("sockets of 0.2.0-rc-2023-10-18", () => {
  const network = {};
  const address = { tag: "ipv4", val: { port: 53, address: [1, 1, 1, 1] } };
  const make = (kind: "Tcp" | "Udp"): Record<string, (...given: unknown[]) => unknown> => {
    const create = members(`sockets/${kind.toLowerCase()}-create-socket`) as Record<string, (family: string) => never>;
    return create[`create${kind}Socket`]?.("ipv4") ?? {};
  };

  it("have the options' names of that time", () => {
    const tcp = make("Tcp");
    tcp["setKeepAlive"]?.(true);
    tcp["setUnicastHopLimit"]?.(3);
    expect([tcp["keepAlive"]?.(), tcp["unicastHopLimit"]?.()]).toEqual([true, 3]);
    for (const name of ["noDelay", "ipv6Only"]) expect(() => tcp[name]?.()).toThrow("Spin does not support any more");
  });

  it("of UDP begin to connect and get no further", () => {
    const udp = make("Udp");
    const call = (name: string, ...given: unknown[]) => outcome(() => udp[name]?.(...given));
    expect(call("send", [])).toEqual({ err: "concurrency-conflict" });
    expect(call("receive", 1n)).toEqual({ err: "concurrency-conflict" });
    expect(call("startConnect", network, address)).toBeUndefined();
    expect(call("startConnect", network, address)).toEqual({ err: "concurrency-conflict" });
    expect(call("finishConnect")).toEqual({ err: "invalid-state" });
    expect(call("finishConnect")).toEqual({ err: "concurrency-conflict" });
    expect(call("startBind", network, address)).toEqual({ err: "access-denied" });
  });
});
