import { describe, expect, it } from "vitest";
import { emptySource } from "./bytes-source.ts";
import { testContext, utf8 } from "./context-for-tests.ts";
import { createPipe } from "./pipe.ts";
import type { FieldEntry } from "./wasi-http-fields.ts";
import { IncomingBody } from "./wasi-http-incoming-body.ts";
import { HttpError } from "./wasi-http-types.ts";

function start(trailers?: Promise<FieldEntry[]>) {
  const pipe = createPipe();
  return { pipe, future: IncomingBody.finish(new IncomingBody(testContext(), pipe.source, trailers)) };
}

const none = { tag: "ok", val: { tag: "ok", val: undefined } };

describe("the trailers of a body", () => {
  it("are none, at once, when the body has ended and there can be none; and are told once", () => {
    const future = IncomingBody.finish(new IncomingBody(testContext(), emptySource()));
    expect(future.subscribe().ready()).toBe(true);
    expect(future.get()).toEqual(none);
    expect(future.get()).toEqual({ tag: "err", val: undefined });
  });

  it("come after a body that was not read, which is read then, beyond what fits into the pipe", async () => {
    const { pipe, future } = start(Promise.resolve([["x-sum", utf8("1")]]));
    pipe.sink.write(new Uint8Array(pipe.sink.capacity));
    expect(future.get()).toBeUndefined();
    expect(pipe.sink.isReady).toBe(false);
    const pollable = future.subscribe();
    const blocked = pollable.block();
    await pipe.sink.ready();
    pipe.sink.write(utf8("more"));
    expect(pollable.ready()).toBe(false);
    pipe.sink.end();
    await blocked;
    const got = future.get();
    if (got?.tag !== "ok" || got.val.tag !== "ok") return expect.fail("no trailers");
    return expect(got.val.val?.entries()).toEqual([["x-sum", utf8("1")]]);
  });

  it("hold nothing of the connection", async () => {
    const { pipe, future } = start(Promise.resolve([["Keep-Alive", utf8("timeout=5")]]));
    pipe.sink.end();
    await future.subscribe().block();
    expect(future.get()).toEqual(none);
  });

  it("are the error code of a body that failed before, or fails while they are waited for", async () => {
    const failed = { tag: "ok", val: { tag: "err", val: { tag: "connection-terminated" } } };
    const before = createPipe();
    before.sink.fail(new HttpError({ tag: "connection-terminated" }));
    expect(IncomingBody.finish(new IncomingBody(testContext(), before.source)).get()).toEqual(failed);

    const { pipe, future } = start();
    const blocked = future.subscribe().block();
    pipe.sink.fail(new HttpError({ tag: "connection-terminated" }));
    await blocked;
    expect(future.get()).toEqual(failed);
  });

  it("stop the sender when they are dropped", () => {
    const { pipe, future } = start();
    expect(pipe.sink.state).toBe("open");
    future[Symbol.dispose]();
    expect(pipe.sink.state).toBe("closed");
  });
});
