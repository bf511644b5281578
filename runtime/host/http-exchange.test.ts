import { describe, expect, it } from "vitest";
import { PlaygroundError } from "../errors.ts";
import { bytesSource, emptySource } from "./bytes-source.ts";
import { outcome, testContext, text, utf8 } from "./context-for-tests.ts";
import { createExchange, ResponseOutparam } from "./http-exchange.ts";
import { createPipe } from "./pipe.ts";
import { Fields } from "./wasi-http-fields.ts";
import { OutgoingBody } from "./wasi-http-outgoing-body.ts";
import { OutgoingResponse } from "./wasi-http-outgoing-response.ts";

function start(body = emptySource()) {
  const context = testContext();
  const request = {
    method: "GET",
    scheme: "HTTP",
    authority: "app.test",
    pathWithQuery: "/",
    headers: [],
    body,
  } as const;
  const exchange = createExchange(context, { ...request, headers: [] });
  const respond = (response: OutgoingResponse): void =>
    ResponseOutparam.set(exchange.responseOutparam, { tag: "ok", val: response });
  return { context, exchange, respond };
}

describe("a response", () => {
  it("comes with its head before the body is written, and streams the body", async () => {
    const { context, exchange, respond } = start();
    const headers = Fields.fromList([
      ["Set-Cookie", utf8("a=1")],
      ["set-cookie", utf8("b=ü")],
    ]);
    const response = new OutgoingResponse(context, headers);
    response.setStatusCode(201);
    const body = response.body();
    respond(response);
    const { status, headers: sent, body: source, trailers } = await exchange.response;
    expect(status).toBe(201);
    expect(sent).toEqual([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=Ã¼"],
    ]);
    const stream = body.write();
    stream.write(utf8("one"));
    expect(text(source.take(10))).toBe("one");
    expect(source.state).toBe("open");
    OutgoingBody.finish(body, Fields.fromList([["x-sum", utf8("3")]]));
    exchange.handlerDone();
    expect(source.state).toBe("ended");
    expect(await trailers).toEqual([["x-sum", "3"]]);
  });

  it("may be written before it is set", async () => {
    const { context, exchange, respond } = start();
    const response = new OutgoingResponse(context, new Fields());
    const body = response.body();
    body.write().write(utf8("early"));
    OutgoingBody.finish(body, undefined);
    respond(response);
    exchange.handlerDone();
    const { body: source } = await exchange.response;
    expect(text(source.take(10))).toBe("early");
    expect(source.state).toBe("ended");
  });

  it("has an empty body when the guest never took it", async () => {
    const { context, exchange, respond } = start();
    respond(new OutgoingResponse(context, new Fields()));
    exchange.handlerDone();
    const { status, body, trailers } = await exchange.response;
    expect([status, body.state, await trailers]).toEqual([200, "ended", []]);
  });

  it("breaks off when the handler returns with its body unfinished", async () => {
    const { context, exchange, respond } = start();
    const response = new OutgoingResponse(context, new Fields());
    response.body().write().write(utf8("part"));
    respond(response);
    exchange.handlerDone();
    const { body, trailers } = await exchange.response;
    expect(text(body.take(10))).toBe("part");
    expect(body.state).toBe("failed");
    expect(body.failure).toMatchObject({
      code: "instance-failed",
      message: "the handler returned before the body was finished",
    });
    expect(await trailers).toEqual([]);
  });

  it("breaks off with the trap when the handler throws in the middle", async () => {
    const { context, exchange, respond } = start();
    const response = new OutgoingResponse(context, new Fields());
    response.body();
    respond(response);
    exchange.handlerDone(new Error("unreachable"));
    const { body } = await exchange.response;
    expect(body.failure?.message).toBe("guest invocation failed before the body was finished: unreachable");
  });

  it("stands when the handler throws after its body was finished", async () => {
    const { context, exchange, respond } = start();
    const response = new OutgoingResponse(context, new Fields());
    OutgoingBody.finish(response.body(), undefined);
    respond(response);
    exchange.handlerDone(new Error("late"));
    expect((await exchange.response).body.state).toBe("ended");
  });
});

describe("no response", () => {
  it("fails when the handler returns without one", async () => {
    const { exchange } = start();
    exchange.handlerDone();
    await expect(exchange.response).rejects.toMatchObject({
      code: "instance-failed",
      message: "guest failed to produce a response prior to returning",
    });
  });

  it("fails with what the handler threw, and keeps a code that it has", async () => {
    const trapped = start();
    trapped.exchange.handlerDone(new WebAssembly.RuntimeError("unreachable"));
    await expect(trapped.exchange.response).rejects.toMatchObject({
      code: "instance-failed",
      message: "guest invocation failed: unreachable",
    });
    const refused = start();
    const missing = new PlaygroundError("host-interface-unavailable", "wasi:x/y has no z");
    refused.exchange.handlerDone(missing);
    await expect(refused.exchange.response).rejects.toBe(missing);
  });

  it("fails with the error code that the guest set", async () => {
    const { exchange } = start();
    const code = { tag: "internal-error", val: "no database" };
    ResponseOutparam.set(exchange.responseOutparam, { tag: "err", val: code });
    exchange.handlerDone();
    await expect(exchange.response).rejects.toMatchObject({
      code: "instance-failed",
      message: "guest answered with the error code internal-error: no database",
    });
  });

  it("traps when it is set twice, and keeps the first", async () => {
    const { context, exchange, respond } = start();
    respond(new OutgoingResponse(context, new Fields()));
    expect(() => respond(new OutgoingResponse(context, new Fields()))).toThrow("called twice");
    expect((await exchange.response).status).toBe(200);
  });

  it("cannot be an informational one", () => {
    const { exchange } = start();
    expect(outcome(() => exchange.responseOutparam.sendInformational(103, new Fields()))).toMatchObject({
      err: { tag: "internal-error" },
    });
  });
});

describe("the end of the request", () => {
  it("cancels the bodies of both directions", async () => {
    const upload = createPipe();
    const { context, exchange, respond } = start(upload.source);
    const response = new OutgoingResponse(context, new Fields());
    const stream = response.body().write();
    respond(response);
    context.end();
    expect(upload.sink.state).toBe("closed");
    expect(outcome(() => stream.checkWrite())).toEqual({ err: { tag: "closed" } });
    expect((await exchange.response).body.state).toBe("ended");
  });

  it("breaks the response off when the request was ended for a reason", async () => {
    const ended = new AbortController();
    const context = testContext({ signal: ended.signal });
    const request = { method: "GET", scheme: "HTTP", authority: "a", pathWithQuery: "/", headers: [] } as const;
    const exchange = createExchange(context, { ...request, headers: [], body: emptySource() });
    const response = new OutgoingResponse(context, new Fields());
    response.body().write().write(utf8("part"));
    ResponseOutparam.set(exchange.responseOutparam, { tag: "ok", val: response });
    const reason = new PlaygroundError("not-running", "stopped");
    ended.abort(reason);
    const { body } = await exchange.response;
    expect(text(body.take(10))).toBe("part");
    expect([body.state, body.failure]).toEqual(["failed", reason]);
    expect(exchange.handlerDone()).toBe(reason);
  });

  it("cancels an upload also when it came first", () => {
    const context = testContext();
    context.end();
    const body = bytesSource(utf8("abc"));
    createExchange(context, {
      method: "POST",
      scheme: "HTTP",
      authority: "a",
      pathWithQuery: "/",
      headers: [],
      body,
    });
    expect(body.state).toBe("ended");
  });
});
