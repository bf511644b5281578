import { expect, test, vi } from "vitest";
import type { ByteSource } from "../host/byte-stream.ts";
import { createCaller } from "./caller.ts";
import { serve } from "./responder.ts";
import type { EngineResponse, Handler } from "./responder.ts";

const text = new TextEncoder();

/** A body that makes chunks as long as somebody takes them, and counts. */
function endlessBody(chunk: Uint8Array): ByteSource & { taken: number; cancelled: boolean } {
  return {
    taken: 0,
    cancelled: false,
    state: "open",
    failure: undefined,
    isReady: true,
    take(limit) {
      const bytes = chunk.subarray(0, limit);
      this.taken += bytes.length;
      return bytes;
    },
    ready: () => Promise.resolve(),
    cancel() {
      this.cancelled = true;
    },
  };
}

function respond(parts: Partial<EngineResponse>): EngineResponse {
  return { requestId: "r1", status: 200, headers: [], first: new Uint8Array(), body: undefined, ...parts };
}

function connected(handler: Handler) {
  const { port1, port2 } = new MessageChannel();
  serve(port2, handler);
  const caller = createCaller(port1);
  return { caller, end: () => caller.close("test over") };
}

test("a request reaches the handler and a whole answer comes back", async () => {
  const { caller, end } = connected(async (request) => {
    const body = request.body instanceof ReadableStream ? await new Response(request.body).text() : "";
    return respond({
      status: 201,
      headers: [
        ["x-a", "1"],
        ["set-cookie", "c=1"],
      ],
      first: text.encode(`${request.method} ${request.url} ${body}`),
    });
  });
  const request = new Request("http://app.test/p?q=1", { method: "POST", body: "hello" });
  const { response, requestId, headers } = await caller.send(request);
  expect([response.status, requestId, response.headers.get("x-a")]).toEqual([201, "r1", "1"]);
  expect(headers).toContainEqual(["set-cookie", "c=1"]);
  expect(await response.text()).toBe("POST http://app.test/p?q=1 hello");
  expect(caller.inFlight).toBe(0);
  end();
});

test("a body is not sent beyond the credit, and cancelling it reaches the source", async () => {
  const body = endlessBody(new Uint8Array(10_000));
  const { caller, end } = connected(async () => respond({ body }));
  const { response } = await caller.send(new Request("http://app.test/"));
  const reader = response.body?.getReader();
  let received = 0;
  while (received < 2_000_000) received += (await reader?.read())?.value?.length ?? 0;
  expect(body.taken).toBeLessThan(received + 600_000);
  await reader?.cancel();
  await expect.poll(() => body.cancelled).toBe(true);
  end();
});

test("trailers come with the end of the body, and none with a body that breaks off or is not wanted", async () => {
  const trailers = Promise.resolve<[string, string][]>([["x-sum", "1"]]);
  const ended = (): ByteSource => ({ ...endlessBody(new Uint8Array()), state: "ended" });
  const failed = (): ByteSource => ({ ...endlessBody(new Uint8Array()), state: "failed", failure: new Error("trap") });
  const bodies: Record<string, () => ByteSource | undefined> = {
    "/whole": () => undefined,
    "/streamed": ended,
    "/failed": failed,
    "/endless": () => endlessBody(new Uint8Array(10)),
  };
  const { caller, end } = connected(async ({ url }) =>
    respond({ body: bodies[new URL(url).pathname]?.(), first: text.encode("a"), trailers }),
  );
  const send = (path: string) => caller.send(new Request(`http://app.test${path}`));
  for (const path of ["/whole", "/streamed"]) {
    const { response, trailers: got } = await send(path);
    expect([await response.text(), await got]).toEqual(["a", [["x-sum", "1"]]]);
  }
  const broken = await send("/failed");
  await expect(broken.response.text()).rejects.toThrow("trap");
  expect(await broken.trailers).toEqual([]);
  const unwanted = await send("/endless");
  await unwanted.response.body?.cancel();
  expect(await unwanted.trailers).toEqual([]);
  const cut = await send("/endless");
  end();
  expect(await cut.trailers).toEqual([]);
});

test("a broken body errors the response, and a closed port fails what is under way", async () => {
  const failed: ByteSource = {
    ...endlessBody(new Uint8Array()),
    state: "failed",
    failure: new Error("trap in the middle"),
  };
  const { caller, end } = connected(async (request) =>
    request.url.endsWith("/never")
      ? new Promise<EngineResponse>(() => {})
      : respond({ first: text.encode("a"), body: failed }),
  );
  const { response } = await caller.send(new Request("http://app.test/"));
  await expect(response.text()).rejects.toThrow("trap in the middle");
  const pending = caller.send(new Request("http://app.test/never"));
  await expect.poll(() => caller.inFlight).toBe(1);
  end();
  await expect(pending).rejects.toMatchObject({ code: "engine-unavailable", message: "test over" });
  await expect(caller.send(new Request("http://app.test/"))).rejects.toMatchObject({ code: "engine-unavailable" });
});

test("answers that may have no body get none", async () => {
  const { caller, end } = connected(async (request) =>
    respond({ status: request.method === "HEAD" ? 200 : 204, first: text.encode("x") }),
  );
  const noContent = await caller.send(new Request("http://app.test/"));
  expect([noContent.response.status, noContent.response.body]).toEqual([204, null]);
  const head = await caller.send(new Request("http://app.test/", { method: "HEAD" }));
  expect(head.response.body).toBeNull();
  end();
});

test("aborting a request after its head errors the body and ends the handler", async () => {
  const body = endlessBody(new Uint8Array(10));
  const { caller, end } = connected(async () => respond({ body }));
  const abort = new AbortController();
  const { response } = await caller.send(new Request("http://app.test/", { signal: abort.signal }));
  const text = expect(response.text()).rejects.toThrow("The request was cancelled.");
  abort.abort();
  await text;
  await expect.poll(() => body.cancelled).toBe(true);
  expect(caller.inFlight).toBe(0);
  end();
});

test("a request that was aborted before it is sent is not sent", async () => {
  const handler = vi.fn<Handler>(async () => respond({}));
  const { caller, end } = connected(handler);
  const request = new Request("http://app.test/", { signal: AbortSignal.abort() });
  await expect(caller.send(request)).rejects.toThrow("The request was cancelled.");
  expect(handler).not.toHaveBeenCalled();
  end();
});

test("a caller that is closed while it reads a request's body does not send it", async () => {
  const { caller, end } = connected(async () => respond({}));
  const sent = expect(
    caller.send(new Request("http://app.test/", { method: "POST", body: "x" })),
  ).rejects.toMatchObject({
    code: "engine-unavailable",
    message: "test over",
  });
  end();
  await sent;
});

test("a head that the browser does not take rejects, and ends the handler", async () => {
  const body = endlessBody(new Uint8Array(10));
  const { caller, end } = connected(async () => respond({ headers: [["x-name", "\u20ac"]], body }));
  await expect(caller.send(new Request("http://app.test/"))).rejects.toMatchObject({ code: "instance-failed" });
  await expect.poll(() => body.cancelled).toBe(true);
  expect(caller.inFlight).toBe(0);
  end();
});

test("a handler that rejects is answered 500", async () => {
  const said = vi.spyOn(console, "error").mockReturnValue(undefined);
  const { caller, end } = connected(() => Promise.reject(new Error("bug")));
  const { response } = await caller.send(new Request("http://app.test/"));
  expect([response.status, await response.text()]).toEqual([500, "A fault of the engine: Error: bug\n"]);
  expect(said).toHaveBeenCalledOnce();
  said.mockRestore();
  end();
});
