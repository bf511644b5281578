import { describe, expect, it } from "vitest";
import { utf8 } from "./context-for-tests.ts";
import { collect } from "./outbound-body.ts";
import { fromResponse, withHttpFailure } from "./outbound-response.ts";
import { createPipe } from "./pipe.ts";
import { HttpError } from "./wasi-http-types.ts";

const { signal } = new AbortController();

describe("a response", () => {
  it("reaches the guest with status, headers and body", async () => {
    const result = fromResponse(new Response("hi", { status: 203, headers: { "content-type": "a/b" } }), true, signal);
    expect(result.status).toBe(203);
    expect(result.headers).toEqual([["content-type", utf8("a/b")]]);
    expect((await collect(result.body, 10)).bytes).toEqual(utf8("hi"));
  });

  it("keeps its length when the body was not sent", () => {
    const head = new Response(null, { headers: { "content-length": "12" } });
    expect(fromResponse(head, true, signal).headers).toEqual([["content-length", utf8("12")]]);
  });
});

describe("a body that breaks off", () => {
  it("does so with a code of HTTP, after the bytes before it, and keeps the text", () => {
    const pipe = createPipe();
    const body = withHttpFailure(pipe.source);
    pipe.sink.write(utf8("part"));
    pipe.sink.fail(new TypeError("network error"));
    expect(body.failure).toBeUndefined();
    expect(body.take(9)).toEqual(utf8("part"));
    expect(body.state).toBe("failed");
    expect(body.failure).toMatchObject({ code: { tag: "HTTP-protocol-error" }, message: "network error" });
  });

  it("keeps a code that it has", () => {
    const pipe = createPipe();
    pipe.sink.fail(new HttpError({ tag: "connection-terminated" }));
    expect(withHttpFailure(pipe.source).failure).toMatchObject({ code: { tag: "connection-terminated" } });
  });
});
