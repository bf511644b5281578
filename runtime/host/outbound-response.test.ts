import { describe, expect, it, vi } from "vitest";
import { collect } from "./outbound-body.ts";
import { limitGaps, toOutboundResult } from "./outbound-response.ts";

const options = { decoded: true, betweenBytesTimeoutMs: undefined, signal: new AbortController().signal };

describe("a response", () => {
  it("reaches the guest with status, headers and body", async () => {
    const result = toOutboundResult(new Response("hi", { status: 203, headers: { "content-type": "a/b" } }), options);
    if (!result.ok) return expect.fail("no response");
    expect(result.status).toBe(203);
    expect(result.headers).toEqual([["content-type", new TextEncoder().encode("a/b")]]);
    return expect((await collect(result.body, 10)).bytes).toEqual(new TextEncoder().encode("hi"));
  });

  it("keeps its length when the body was not sent", () => {
    const head = new Response(null, { headers: { "content-length": "12" } });
    expect(toOutboundResult(head, options)).toMatchObject({
      ok: true,
      headers: [["content-length", expect.anything()]],
    });
  });

  it("fails when its bytes are too long in coming", async () => {
    vi.useFakeTimers();
    try {
      const cancelled = vi.fn<(reason: unknown) => void>();
      const stalled = new ReadableStream<Uint8Array>({ pull: () => new Promise<void>(() => {}), cancel: cancelled });
      const reading = limitGaps(stalled, 1000).getReader().read();
      const failed = expect(reading).rejects.toMatchObject({
        code: { tag: "connection-read-timeout" },
      });
      await vi.advanceTimersByTimeAsync(1000);
      await failed;
      expect(cancelled).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });

  it("does not fail while nobody reads", async () => {
    vi.useFakeTimers();
    try {
      const limited = limitGaps(new Response("hi").body as ReadableStream<Uint8Array>, 1000);
      await vi.advanceTimersByTimeAsync(5000);
      expect(await new Response(limited).text()).toBe("hi");
    } finally {
      vi.useRealTimers();
    }
  });
});
