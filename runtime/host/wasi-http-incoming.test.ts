import { describe, expect, it } from "vitest";
import { bytesSource } from "./bytes-source.ts";
import { outcome, testContext, text, utf8 } from "./context-for-tests.ts";
import { createPipe } from "./pipe.ts";
import { IncomingBody, IncomingRequest, IncomingResponse } from "./wasi-http-incoming.ts";
import { HttpError } from "./wasi-http-types.ts";

const request = {
  method: "POST",
  scheme: "HTTP",
  authority: "app.test:3000",
  pathWithQuery: "/a?b=c",
  headers: [["Host", utf8("app.test:3000")] as [string, Uint8Array]],
} as const;

const incoming = (overrides: { method?: string } = {}): IncomingRequest =>
  new IncomingRequest(testContext(), {
    ...request,
    headers: [...request.headers],
    body: bytesSource(utf8("hi")),
    ...overrides,
  });

describe("IncomingRequest", () => {
  it("shows the request as it came", () => {
    const guest = incoming();
    expect([guest.pathWithQuery(), guest.authority(), guest.scheme()]).toEqual([
      "/a?b=c",
      "app.test:3000",
      { tag: "HTTP" },
    ]);
    expect(guest.headers().get("host").map(text)).toEqual(["app.test:3000"]);
    expect(outcome(() => guest.headers().append("x", utf8("1")))).toEqual({ err: { tag: "immutable" } });
  });

  it.each([
    ["GET", { tag: "get" }],
    ["PATCH", { tag: "patch" }],
    ["PURGE", { tag: "other", val: "PURGE" }],
    ["get", { tag: "other", val: "get" }],
  ])("shows the method %s as %j", (method, expected) => {
    expect(incoming({ method }).method()).toEqual(expected);
  });

  it("gives its body once, and that its stream once", () => {
    const guest = incoming();
    const body = guest.consume();
    expect(outcome(() => guest.consume())).toEqual({ err: undefined });
    expect(text(body.stream().read(10n))).toBe("hi");
    expect(outcome(() => body.stream())).toEqual({ err: undefined });
  });
});

describe("IncomingResponse", () => {
  it("shows status, headers and body", () => {
    const guest = new IncomingResponse(testContext(), {
      status: 204,
      headers: [["x", utf8("1")]],
      body: bytesSource(utf8("b")),
    });
    expect(guest.status()).toBe(204);
    expect(guest.headers().has("X")).toBe(true);
    expect(text(guest.consume().stream().read(1n))).toBe("b");
    expect(outcome(() => guest.consume())).toEqual({ err: undefined });
  });
});

describe("IncomingBody.finish", () => {
  it("gives the trailers, of which there are none, once", () => {
    const trailers = IncomingBody.finish(incoming().consume());
    expect(trailers.subscribe().ready()).toBe(true);
    expect(trailers.get()).toEqual({ tag: "ok", val: { tag: "ok", val: undefined } });
    expect(trailers.get()).toEqual({ tag: "err", val: undefined });
  });

  it("stops the sender of bytes that were not read", () => {
    const pipe = createPipe();
    IncomingBody.finish(new IncomingBody(testContext(), pipe.source));
    expect(pipe.sink.state).toBe("closed");
  });

  it("gives the error code of a body that failed", () => {
    const pipe = createPipe();
    pipe.sink.fail(new HttpError({ tag: "connection-terminated" }));
    const trailers = IncomingBody.finish(new IncomingBody(testContext(), pipe.source));
    expect(trailers.get()).toEqual({ tag: "ok", val: { tag: "err", val: { tag: "connection-terminated" } } });
  });
});
