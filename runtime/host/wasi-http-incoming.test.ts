import { describe, expect, it } from "vitest";
import { bytesSource } from "./bytes-source.ts";
import { outcome, testContext, text, utf8 } from "./context-for-tests.ts";
import { createPipe } from "./pipe.ts";
import { IncomingRequest, IncomingResponse } from "./wasi-http-incoming.ts";

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

describe("a message that is dropped", () => {
  const start = () => {
    const pipe = createPipe();
    const guest = new IncomingRequest(testContext(), { ...request, headers: [], body: pipe.source });
    return { pipe, guest };
  };

  it("takes its body along when nobody has it", () => {
    const { pipe, guest } = start();
    guest[Symbol.dispose]();
    expect(pipe.sink.state).toBe("closed");
  });

  it("leaves a body that was taken, until that is dropped itself", () => {
    const { pipe, guest } = start();
    const body = guest.consume();
    guest[Symbol.dispose]();
    expect(pipe.sink.state).toBe("open");
    body[Symbol.dispose]();
    expect(pipe.sink.state).toBe("closed");
  });
});

describe("IncomingResponse", () => {
  it("shows status, headers and body", () => {
    const guest = new IncomingResponse(testContext(), {
      status: 204,
      headers: [
        ["X", utf8("1")],
        ["Keep-Alive", utf8("timeout=5")],
      ],
      body: bytesSource(utf8("b")),
    });
    expect(guest.status()).toBe(204);
    expect(guest.headers().entries()).toEqual([["x", utf8("1")]]);
    expect(text(guest.consume().stream().read(1n))).toBe("b");
    expect(outcome(() => guest.consume())).toEqual({ err: undefined });
  });
});
