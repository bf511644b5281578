import { describe, expect, it } from "vitest";
import { bytesSource } from "../bytes-source.ts";
import type { ByteSource } from "../byte-stream.ts";
import { testContext, text, utf8 } from "../context-for-tests.ts";
import { createPipe } from "../pipe.ts";
import { Fields } from "../wasi-http-fields.ts";
import type { GuestStream } from "./component-stream.ts";
import { receivedBody, sentBody, type GuestBody, type TrailersResult } from "./http-message.ts";
import { Response } from "./http-response.ts";

const none: TrailersResult = { tag: "ok", val: undefined };

/** A stream that the guest writes these chunks to, and then ends. */
function guestStream(...chunks: string[]): GuestStream & { isDropped: boolean } {
  return {
    isDropped: false,
    read() {
      const chunk = chunks.shift();
      return Promise.resolve(chunk === undefined ? { done: true } : { value: utf8(chunk), done: false });
    },
    [Symbol.dispose]() {
      this.isDropped = true;
    },
  };
}

async function readAll(source: ByteSource): Promise<string> {
  let read = "";
  while (source.state === "open") {
    const bytes = source.take(1024);
    if (bytes.length === 0) await source.ready();
    read += text(bytes);
  }
  return read;
}

function send(body: Partial<GuestBody>, headers = new Fields()) {
  const context = testContext();
  const [response, sent] = Response.new(headers, body.stream, body.trailers ?? Promise.resolve(none));
  return { context, sent, ...sentBody(context, "response", response.headers, response.body, response.sent) };
}

describe("a body that the guest made", () => {
  it("is read to its end, and the guest learns that it was sent", async () => {
    const trailers = Fields.fromList([["x-sum", utf8("7")]]);
    const {
      source,
      trailers: given,
      sent,
    } = send({
      stream: guestStream("one ", "two"),
      trailers: Promise.resolve({ tag: "ok", val: trailers }),
    });
    expect(await readAll(source)).toBe("one two");
    expect(source.state).toBe("ended");
    expect(await given).toEqual([["x-sum", utf8("7")]]);
    expect(await sent).toEqual({ tag: "ok", val: undefined });
  });

  it("may be none", async () => {
    const { source, trailers } = send({ stream: undefined });
    expect(await readAll(source)).toBe("");
    expect(await trailers).toEqual([]);
  });

  it.each([
    ["shorter", ["abc"]],
    ["longer", ["abcde", "fg"]],
  ])("fails when it is %s than its content-length says", async (_, chunks) => {
    const headers = Fields.fromList([["content-length", utf8("5")]]);
    const { source, sent } = send({ stream: guestStream(...chunks) }, headers);
    await readAll(source);
    expect(source.state).toBe("failed");
    expect(await sent).toEqual({
      tag: "err",
      val: { tag: "HTTP-response-body-size", val: BigInt(chunks.join("").length) },
    });
  });

  it("fails when its trailers are an error", async () => {
    const trailers: TrailersResult = { tag: "err", val: { tag: "connection-terminated" } };
    const { source } = send({ stream: guestStream("a"), trailers: Promise.resolve(trailers) });
    await readAll(source);
    expect([source.state, source.failure?.message]).toEqual(["failed", "connection-terminated"]);
  });

  it("is dropped when nobody wants it any more", async () => {
    const endless: GuestStream & { isDropped: boolean } = {
      isDropped: false,
      read: () => Promise.resolve({ value: utf8("x".repeat(1000)), done: false }),
      [Symbol.dispose]() {
        this.isDropped = true;
      },
    };
    const { source, context } = send({ stream: endless });
    await source.ready();
    context.end();
    await expect.poll(() => endless.isDropped).toBe(true);
  });
});

describe("a body from outside", () => {
  const read = async (stream: GuestBody["stream"]): Promise<string> => {
    let all = "";
    for await (const bytes of stream as AsyncIterable<Uint8Array>) all += text(bytes);
    return all;
  };

  it("comes as a stream, with its trailers at the end and without those that a guest must not see", async () => {
    const trailers = Promise.resolve<[string, Uint8Array][]>([
      ["x-sum", utf8("7")],
      ["connection", utf8("close")],
    ]);
    const body = receivedBody(testContext(), { body: bytesSource(utf8("whole")), trailers });
    expect(await read(body.stream)).toBe("whole");
    const result = await body.trailers;
    expect(result.tag === "ok" && result.val?.entries()).toEqual([["x-sum", utf8("7")]]);
  });

  it("that breaks off ends, and says so by its trailers: a stream of WIT cannot fail", async () => {
    const { sink, source } = createPipe();
    sink.write(utf8("part"));
    sink.fail(new Error("gone"));
    const body = receivedBody(testContext(), { body: source });
    expect(await read(body.stream)).toBe("part");
    expect(await body.trailers).toEqual({ tag: "err", val: { tag: "internal-error", val: "gone" } });
  });

  it("is cancelled when the guest drops the stream", async () => {
    const { sink, source } = createPipe();
    sink.write(utf8("part"));
    const { stream } = receivedBody(testContext(), { body: source });
    const iterator = (stream as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.return?.();
    expect(sink.state).toBe("closed");
  });
});
