import { describe, expect, it } from "vitest";
import { outcome, testContext, text, utf8 } from "./context-for-tests.ts";
import { Fields } from "./wasi-http-fields.ts";
import { OutgoingBody, type MessageKind } from "./wasi-http-outgoing-body.ts";
import { OutgoingRequest, RequestOptions } from "./wasi-http-outgoing-request.ts";
import { OutgoingResponse } from "./wasi-http-outgoing-response.ts";
import { wasiHttp } from "./wasi-http.ts";
import { HttpError } from "./wasi-http-types.ts";
import { IoError } from "./wasi-io-error.ts";

const err = { err: undefined };
const request = (headers = new Fields()): OutgoingRequest => new OutgoingRequest(testContext(), headers);
const response = (headers = new Fields()): OutgoingResponse => new OutgoingResponse(testContext(), headers);
const withLength = (length: string): Fields => Fields.fromList([["content-length", utf8(length)]]);

describe("OutgoingRequest", () => {
  it("is a GET of nothing in particular at first", () => {
    const guest = request();
    expect([guest.method(), guest.scheme(), guest.authority(), guest.pathWithQuery()]).toEqual([
      { tag: "get" },
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    [{ tag: "put" }, undefined],
    [{ tag: "other", val: "PURGE" }, undefined],
    [{ tag: "other", val: "a b" }, err],
    [{ tag: "other", val: "" }, err],
  ])("set-method %j gives %j", (method, expected) => {
    expect(outcome(() => request().setMethod(method))).toEqual(expected);
  });

  it.each([
    ["example.com", undefined],
    ["example.com:8080", undefined],
    ["[::1]:80", undefined],
    ["xn--bcher-kva.example", undefined],
    [undefined, undefined],
    ["user@example.com", undefined],
    ["example.com:", undefined],
    [":443", undefined],
    ["", err],
    ["example.com:port", err],
    ["a%20b", err],
    ["[::1", err],
    ["example.com/path", err],
    ["a b", err],
    ["ü.example", err],
  ])("set-authority %j gives %j", (authority, expected) => {
    expect(outcome(() => request().setAuthority(authority))).toEqual(expected);
  });

  it.each([
    ["/a/b?c=d&e", undefined],
    ["/ü", undefined],
    ["/a#b", undefined],
    ['/{"a":"^|"}', undefined],
    ["/a?`{}", undefined],
    [undefined, undefined],
    ["/a b", err],
    ["/a\n", err],
    ["/<a>", err],
    ["/a`", err],
    ['/a?"', err],
  ])("set-path-with-query %j gives %j", (path, expected) => {
    expect(outcome(() => request().setPathWithQuery(path))).toEqual(expected);
  });

  it("takes a scheme that is one", () => {
    expect(outcome(() => request().setScheme({ tag: "other", val: "git+ssh" }))).toBeUndefined();
    expect(outcome(() => request().setScheme({ tag: "other", val: "9p" }))).toEqual(err);
  });

  it("shows headers that cannot be changed", () => {
    const guest = request(Fields.fromList([["x", utf8("1")]]));
    expect(guest.headers().has("x")).toBe(true);
    expect(outcome(() => guest.headers().delete("x"))).toEqual({ err: { tag: "immutable" } });
  });

  it("gives its body once; one that was not taken is none", () => {
    const guest = request();
    expect(guest.takenBody()).toBeUndefined();
    const body = guest.body();
    expect(guest.takenBody()).toBe(body);
    expect(outcome(() => guest.body())).toEqual(err);
  });

  it("closes its body when it is dropped without being sent", () => {
    const guest = request();
    const stream = guest.body().write();
    guest[Symbol.dispose]();
    expect(outcome(() => stream.checkWrite())).toEqual({ err: { tag: "closed" } });
  });
});

describe("OutgoingResponse", () => {
  it.each([
    [100, undefined],
    [404, undefined],
    [999, undefined],
    [99, err],
    [1000, err],
  ])("set-status-code %d gives %j", (status, expected) => {
    expect(outcome(() => response().setStatusCode(status))).toEqual(expected);
  });

  it("gives its body once, and none when its content-length is no number", () => {
    const guest = response();
    guest.body();
    expect(outcome(() => guest.body())).toEqual(err);
    for (const length of ["", "3 ", "-1", "0x3", "abc"]) {
      expect(outcome(() => response(withLength(length)).body())).toEqual(err);
    }
  });

  it("closes its body when it is dropped without being set", () => {
    const guest = response();
    const stream = guest.body().write();
    guest[Symbol.dispose]();
    expect(outcome(() => stream.checkWrite())).toEqual({ err: { tag: "closed" } });
  });
});

describe("OutgoingBody", () => {
  it("gives its stream once", () => {
    const body = response().body();
    body.write();
    expect(outcome(() => body.write())).toEqual(err);
  });

  it("passes on bytes, then trailers at the end", async () => {
    const body = response().body();
    body.write().write(utf8("abc"));
    expect(body.content.isClosed).toBe(false);
    OutgoingBody.finish(body, Fields.fromList([["x", utf8("1")]]));
    expect(body.content.isClosed).toBe(true);
    expect(text(body.content.source.take(9))).toBe("abc");
    expect(await body.content.trailers).toEqual([["x", utf8("1")]]);
  });

  it("has no trailers for a reader that wants no more", async () => {
    const { content } = response().body();
    content.source.cancel();
    expect(await content.trailers).toEqual([]);
  });

  it("is broken when it is dropped without finish, and stays whole when dropped after it", () => {
    const dropped = response().body();
    dropped[Symbol.dispose]();
    expect(dropped.content.source.failure?.message).toBe("the guest dropped the body without finishing it");
    const finished = response().body();
    OutgoingBody.finish(finished, undefined);
    finished[Symbol.dispose]();
    expect(finished.content.source.state).toBe("ended");
  });

  it.each<[MessageKind, (headers: Fields) => OutgoingBody]>([
    ["request", (headers) => request(headers).body()],
    ["response", (headers) => response(headers).body()],
  ])("of a %s holds it to its content-length", async (kind, bodyOf) => {
    const tag = kind === "request" ? "HTTP-request-body-size" : "HTTP-response-body-size";
    const short = bodyOf(withLength("3"));
    short.write().write(utf8("ab"));
    expect(outcome(() => OutgoingBody.finish(short, undefined))).toEqual({ err: { tag, val: 2n } });
    short.content.source.take(9);
    expect(short.content.source.failure).toMatchObject({ code: { tag, val: 2n } });
    expect(await short.content.trailers).toEqual([]);

    const long = bodyOf(withLength("3"));
    const stream = long.write();
    const refused = outcome(() => stream.write(utf8("abcd"))) as { err: { tag: string; val: IoError } };
    expect(refused.err.tag).toBe("last-operation-failed");
    expect(refused.err.val.cause).toMatchObject({ code: { tag, val: 4n } });

    const exact = bodyOf(withLength("3"));
    exact.write().write(utf8("abc"));
    OutgoingBody.finish(exact, undefined);
    expect(exact.content.isClosed).toBe(true);
  });
});

describe("RequestOptions", () => {
  it("keeps its time-outs in nanoseconds", () => {
    const options = new RequestOptions();
    expect(options.connectTimeout()).toBeUndefined();
    options.setConnectTimeout(1n);
    options.setFirstByteTimeout(2n);
    options.setBetweenBytesTimeout(3n);
    expect([options.connectTimeout(), options.firstByteTimeout(), options.betweenBytesTimeout()]).toEqual([1n, 2n, 3n]);
  });
});

describe("wasi:http/types as the glue sees it", () => {
  const types = wasiHttp["wasi:http/types@0.2"]?.(testContext()) as {
    OutgoingRequest: new (headers: Fields) => OutgoingRequest;
    OutgoingResponse: new (headers: Fields) => OutgoingResponse;
    httpErrorCode(error: IoError): unknown;
  };

  it("constructs with headers alone, and instanceof holds", () => {
    expect(new types.OutgoingRequest(new Fields())).toBeInstanceOf(types.OutgoingRequest);
    expect(new types.OutgoingResponse(new Fields())).toBeInstanceOf(OutgoingResponse);
  });

  it("finds the error code in a stream's error, if there is one", () => {
    expect(types.httpErrorCode(new IoError(new HttpError({ tag: "loop-detected" })))).toEqual({ tag: "loop-detected" });
    expect(types.httpErrorCode(new IoError(new Error("other")))).toBeUndefined();
  });
});
