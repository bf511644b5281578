import { describe, expect, it } from "vitest";
import { bytesSource } from "./bytes-source.ts";
import type { OutboundRequest, OutboundResult } from "./context.ts";
import { outcome, testContext, text, utf8 } from "./context-for-tests.ts";
import { deferred } from "../deferred.ts";
import { Fields } from "./wasi-http-fields.ts";
import { handle } from "./wasi-http-handler.ts";
import { OutgoingBody } from "./wasi-http-outgoing-body.ts";
import { OutgoingRequest, RequestOptions } from "./wasi-http-outgoing-request.ts";

/** A host whose answer the test gives, and which shows what it was asked. */
function start() {
  const answer = deferred<OutboundResult>();
  const sent: OutboundRequest[] = [];
  const context = testContext({
    outbound: {
      send(request) {
        sent.push(request);
        return answer.promise;
      },
    },
  });
  return { context, answer, sent };
}

/** Made anew for each test: a body is read once. */
const ok = (): OutboundResult => ({ ok: true, status: 200, headers: [], body: bytesSource(utf8("hi")) });

describe("what is sent", () => {
  it("is the request, with its body as it is written and time-outs in milliseconds", () => {
    const { context, sent } = start();
    const request = new OutgoingRequest(context, Fields.fromList([["X-A", utf8("1")]]));
    request.setMethod({ tag: "post" });
    request.setScheme({ tag: "HTTP" });
    request.setAuthority("api.test:81");
    request.setPathWithQuery("/v1?x=y");
    const options = new RequestOptions();
    options.setFirstByteTimeout(1_500_000_000n);
    const body = request.body();
    handle(context, request, options);
    expect(sent[0]).toMatchObject({
      method: "POST",
      url: "http://api.test:81/v1?x=y",
      headers: [["x-a", utf8("1")]],
      firstByteTimeoutMs: 1500,
    });
    expect(sent[0]).not.toHaveProperty("connectTimeoutMs");
    body.write().write(utf8("late"));
    OutgoingBody.finish(body, Fields.fromList([["x-sum", utf8("4")]]));
    expect(text(sent[0]?.body?.take(9) ?? new Uint8Array())).toBe("late");
    return expect(sent[0]?.trailers).resolves.toEqual([["x-sum", utf8("4")]]);
  });

  it("is given up with the guest's request", () => {
    const { context, sent } = start();
    handle(context, new OutgoingRequest(context, new Fields()), undefined);
    expect(sent[0]?.signal.aborted).toBe(false);
    context.end();
    expect(sent[0]?.signal.aborted).toBe(true);
  });

  it.each([
    [{ authority: "a.test" }, "https://a.test/"],
    [{ authority: "a.test", path: "x" }, "https://a.test/x"],
    [{ authority: "a.test", path: "?q" }, "https://a.test/?q"],
    [{ path: "/self" }, "/self"],
    [{ authority: ":443", path: "/self#part" }, "/self"],
    [{}, "/"],
  ])(
    "goes from %j to %s, and has no body unless the guest took it",
    (given: { authority?: string; path?: string }, url) => {
      const { context, sent } = start();
      const request = new OutgoingRequest(context, new Fields());
      request.setAuthority(given.authority);
      request.setPathWithQuery(given.path);
      handle(context, request, undefined);
      expect(sent[0]).toMatchObject({ method: "GET", url, body: undefined });
    },
  );

  it("cannot have a scheme other than HTTP's", () => {
    const { context, sent } = start();
    const request = new OutgoingRequest(context, new Fields());
    request.setScheme({ tag: "other", val: "gopher" });
    expect(outcome(() => handle(context, request, undefined))).toEqual({ err: { tag: "HTTP-protocol-error" } });
    expect(sent).toEqual([]);
  });
});

describe("the future of the response", () => {
  const future = (started: ReturnType<typeof start>) =>
    handle(started.context, new OutgoingRequest(started.context, new Fields()), undefined);

  it("has nothing until the response is there, then has it once", async () => {
    const started = start();
    const pending = future(started);
    const pollable = pending.subscribe();
    expect([pending.get(), pollable.ready()]).toEqual([undefined, false]);
    const blocked = pollable.block();
    started.answer.resolve(ok());
    await blocked;
    expect(pollable.ready()).toBe(true);
    const got = pending.get();
    if (got?.tag !== "ok" || got.val.tag !== "ok") throw new Error("no response");
    expect(text(got.val.val.consume().stream().read(9n))).toBe("hi");
    expect(pending.get()).toEqual({ tag: "err", val: undefined });
  });

  it("gives up the request when it is dropped before the response was taken, and not after", async () => {
    const early = start();
    future(early)[Symbol.dispose]();
    expect(early.sent[0]?.signal.aborted).toBe(true);

    const late = start();
    const taken = future(late);
    late.answer.resolve(ok());
    await taken.subscribe().block();
    taken.get();
    taken[Symbol.dispose]();
    expect(late.sent[0]?.signal.aborted).toBe(false);
  });

  it("tells a denial, which handle itself does not", async () => {
    const started = start();
    const pending = future(started);
    started.answer.resolve({ ok: false, error: { tag: "HTTP-request-denied" } });
    await pending.subscribe().block();
    expect(pending.get()).toEqual({ tag: "ok", val: { tag: "err", val: { tag: "HTTP-request-denied" } } });
  });

  it("turns a rejection, which there should be none of, into an internal error", async () => {
    const started = start();
    const pending = future(started);
    started.answer.reject(new Error("bug"));
    await pending.subscribe().block();
    expect(pending.get()).toEqual({
      tag: "ok",
      val: { tag: "err", val: { tag: "internal-error", val: "Error: bug" } },
    });
  });
});
