import { describe, expect, it } from "vitest";
import { bytesSource, emptySource } from "./bytes-source.ts";
import { drain } from "./drain.ts";
import { collect, streamBody } from "./outbound-body.ts";
import { readableStreamSource } from "./readable-stream-source.ts";

const sourceOf = (...chunks: Uint8Array[]) =>
  readableStreamSource(
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    }),
  );

describe("bodies of outbound requests", () => {
  it("are collected to their end", async () => {
    const body = await collect(sourceOf(Uint8Array.of(1, 2), Uint8Array.of(3)), 100);
    expect(body).toEqual({ bytes: Uint8Array.of(1, 2, 3), complete: true });
    expect(await collect(emptySource(), 0)).toEqual({ bytes: new Uint8Array(), complete: true });
  });

  it("are collected until they are longer than the limit, and the rest is still there", async () => {
    const source = sourceOf(new Uint8Array(6), new Uint8Array(6).fill(1), new Uint8Array(6).fill(2));
    const head = await collect(source, 10);
    expect(head.complete).toBe(false);
    expect(head.bytes).toHaveLength(12);
    expect((await collect(source, 100)).bytes).toEqual(new Uint8Array(6).fill(2));
  });

  it("that fail are no bodies", async () => {
    const broken = readableStreamSource(
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.error(new Error("broken off")),
      }),
    );
    await expect(collect(broken, 10)).rejects.toThrow("broken off");
  });

  it("are streamed, head first, and not begun before they are read", async () => {
    const body = streamBody(Uint8Array.of(1), bytesSource(Uint8Array.of(2, 3)));
    await Promise.resolve();
    expect(body.begun).toBe(false);
    expect(new Uint8Array(await new Response(body.stream).arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
    expect(body.begun).toBe(true);
  });

  it("are told when nobody wants them", async () => {
    const source = bytesSource(Uint8Array.of(1));
    await streamBody(new Uint8Array(), source).stream.cancel();
    expect(source.state).toBe("ended");
  });

  it("can be drained", async () => {
    const source = sourceOf(new Uint8Array(100_000), new Uint8Array(1));
    await drain(source);
    expect(source.state).toBe("ended");
  });
});
