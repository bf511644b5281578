import { beforeEach, describe, expect, it, vi } from "vitest";
import { parseAllowedHosts } from "../manifest/allowed-hosts.ts";
import { bytesSource } from "./bytes-source.ts";
import type { OutboundRequest, OutboundResult } from "./context.ts";
import { collect } from "./outbound-body.ts";
import { ChainError } from "./outbound-inside.ts";
import { createOutbound, type OutboundOptions } from "./outbound.ts";
import { readableStreamSource } from "./readable-stream-source.ts";

type Fetch = OutboundOptions["fetch"];

const origin = "http://a1.play.localhost:5173";
const logged: string[] = [];
const denied: string[][] = [];
beforeEach(() => {
  logged.length = 0;
  denied.length = 0;
});

function send(request: Partial<OutboundRequest>, options: Partial<OutboundOptions> = {}): Promise<OutboundResult> {
  const outbound = createOutbound({
    component: { id: "hello", metadata: {}, source: { content_type: "application/wasm" } },
    hosts: parseAllowedHosts(["https://api.example.com", "http://self"]),
    self: () => Promise.reject(new Error("self was not expected")),
    chain: () => Promise.reject(new Error("chaining was not expected")),
    fetch: () => Promise.reject(new Error("fetch was not expected")),
    mocks: [],
    denied: (destination, hint) => denied.push([destination, hint]),
    log: (text) => logged.push(text),
    signal: new AbortController().signal,
    origin,
    ...options,
  });
  const signal = new AbortController().signal;
  return outbound.send({
    method: "GET",
    url: "https://api.example.com/x",
    headers: [],
    body: undefined,
    signal,
    ...request,
  });
}

async function textOf(result: OutboundResult): Promise<string> {
  if (!result.ok) return expect.fail(`failed with ${result.error.tag}`);
  return new TextDecoder().decode((await collect(result.body, 1_000_000)).bytes);
}

/** A `fetch` that answers from the list, in order, and what it was asked. */
function fetchOf(...answers: (Response | Error | "never")[]) {
  const calls: { url: string; init: RequestInit; body: string }[] = [];
  const fake = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const answer = answers[calls.length];
    const call = { url: String(input), init, body: "" };
    calls.push(call);
    if (answer === undefined) return expect.fail(`unexpected fetch of ${call.url}`);
    if (answer === "never") {
      return new Promise((_resolve, reject) => {
        init.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error));
      });
    }
    if (answer instanceof Error) throw answer;
    call.body = await new Response(init.body ?? null).text();
    return answer;
  };
  return { fetch: fake as Fetch, calls };
}

describe("outbound HTTP through fetch", () => {
  it("sends method, headers and body, and nothing of the browser's own", async () => {
    const { fetch, calls } = fetchOf(new Response("answer", { status: 201 }));
    const body = bytesSource(new TextEncoder().encode("question"));
    const result = await send({ method: "POST", headers: [["x-a", Uint8Array.of(49)]], body }, { fetch });
    expect(result).toMatchObject({ ok: true, status: 201 });
    expect(await textOf(result)).toBe("answer");
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      url: "https://api.example.com/x",
      body: "question",
      init: { method: "POST", credentials: "omit", redirect: "manual", cache: "no-store" },
    });
    expect(new Headers(calls[0]?.init.headers).get("x-a")).toBe("1");
    expect(logged).toEqual([]);
  });

  it("names headers that the browser does not send", async () => {
    const { fetch } = fetchOf(new Response(""));
    await send({ headers: [["cookie", Uint8Array.of(49)]] }, { fetch });
    expect(logged).toEqual([
      "The browser does not let a page set these headers, so GET https://api.example.com/x went without them: cookie.",
    ]);
  });

  it("streams a long body", async () => {
    const { fetch, calls } = fetchOf(new Response("ok"));
    await send({ method: "POST", body: bytesSource(new Uint8Array(300_000).fill(97)) }, { fetch });
    expect(calls[0]?.init).toMatchObject({ duplex: "half" });
    expect(calls[0]?.body).toBe("a".repeat(300_000));
  });

  it("sends a long body whole when the browser refuses to stream it", async () => {
    const { fetch, calls } = fetchOf(new TypeError("Failed to fetch"), new Response("ok"));
    const result = await send({ method: "POST", body: bytesSource(new Uint8Array(300_000).fill(97)) }, { fetch });
    expect(await textOf(result)).toBe("ok");
    expect(calls[1]?.init.body).toBeInstanceOf(Uint8Array);
    expect(calls[1]?.body).toBe("a".repeat(300_000));
  });

  it("gives up a body without end that can neither be streamed nor kept", async () => {
    const { fetch, calls } = fetchOf(new TypeError("Failed to fetch"));
    const megabyte = new Uint8Array(1024 * 1024);
    const body = readableStreamSource(
      new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(megabyte) }, { highWaterMark: 0 }),
    );
    const result = await send({ method: "POST", body }, { fetch });
    expect(result).toMatchObject({ ok: false, error: { tag: "HTTP-request-body-size" } });
    expect(calls).toHaveLength(1);
    expect(body.state).toBe("ended");
    expect(logged[0]).toContain("could not be sent: browsers stream bodies over HTTP/2 and 3 only");
  });

  it("shows a hidden redirect of a GET as a 302 to the final address", async () => {
    const final = Object.defineProperty(new Response("page"), "url", { value: "https://other.example/final" });
    const { fetch, calls } = fetchOf(opaqueRedirect(), final);
    const result = await send({}, { fetch });
    expect(result).toMatchObject({
      ok: true,
      status: 302,
      headers: [["location", new TextEncoder().encode("https://other.example/final")]],
    });
    expect(calls.map(({ init }) => init.redirect)).toEqual(["manual", "follow"]);
    expect(logged[0]).toContain("answered with a redirect");
  });

  it("does not repeat a POST to find out where it was redirected", async () => {
    const { fetch, calls } = fetchOf(opaqueRedirect());
    const result = await send({ method: "POST" }, { fetch });
    expect(result).toMatchObject({ ok: false, error: { tag: "internal-error" } });
    expect(calls).toHaveLength(1);
    expect(logged[0]).toContain("does not show where to");
  });

  it("passes redirects on where they are not hidden", async () => {
    const { fetch } = fetchOf(new Response(null, { status: 307, headers: { location: "/y" } }));
    expect(await send({}, { fetch })).toMatchObject({ ok: true, status: 307 });
  });
});

describe("outbound HTTP that fails", () => {
  it("is denied without an entry in the manifest", async () => {
    const body = bytesSource(Uint8Array.of(1));
    expect(await send({ method: "POST", url: "https://evil.example/x", body })).toEqual({
      ok: false,
      error: { tag: "HTTP-request-denied" },
    });
    const warning =
      "Warning: A component tried to make an outbound network connection to disallowed destination 'https://evil.example'.";
    const advice =
      "To allow this request, add 'allowed_outbound_hosts = [\"https://evil.example\"]' to the manifest component section.";
    expect(logged).toEqual(["Outbound network destination not allowed: https://evil.example", warning, advice]);
    expect(denied).toEqual([["https://evil.example", `${warning}\n${advice}`]]);
    expect(body.state).toBe("ended");
  });

  it("is explained as CORS when the host can be reached", async () => {
    const { fetch, calls } = fetchOf(new TypeError("Failed to fetch"), new Response());
    expect(await send({}, { fetch })).toEqual({ ok: false, error: { tag: "HTTP-request-denied" } });
    expect(calls[1]?.init).toMatchObject({ method: "HEAD", mode: "no-cors", credentials: "omit" });
    // Browsers refuse every other redirect mode together with no-cors.
    expect(calls[1]?.init.redirect ?? "follow").toBe("follow");
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/GET https:\/\/api\.example\.com\/x: .*CORS.*mocks\.json.*native Spin/);
  });

  it("is a refused connection when it cannot", async () => {
    const { fetch } = fetchOf(new TypeError("Failed to fetch"), new TypeError("Failed to fetch"));
    expect(await send({}, { fetch })).toEqual({ ok: false, error: { tag: "connection-refused" } });
    expect(logged[0]).toContain("api.example.com could not be reached");
  });

  it.each(["TRACE", "CONNECT", "A B"])("is refused for the method %s", async (method) => {
    expect(await send({ method })).toEqual({ ok: false, error: { tag: "HTTP-request-method-invalid" } });
  });

  it("is refused for what is no URL", async () => {
    const hosts = parseAllowedHosts(["*://*:*"]);
    expect(await send({ url: "http://" }, { hosts })).toEqual({
      ok: false,
      error: { tag: "HTTP-request-URI-invalid" },
    });
  });

  it("times out when the first byte takes too long", async () => {
    vi.useFakeTimers();
    try {
      const { fetch } = fetchOf("never");
      const result = send({ connectTimeoutMs: 300, firstByteTimeoutMs: 200 }, { fetch });
      await vi.advanceTimersByTimeAsync(200);
      expect(await result).toEqual({ ok: false, error: { tag: "connection-read-timeout" } });
    } finally {
      vi.useRealTimers();
    }
  });

  it("ends with the guest's request, also while the guest still writes", async () => {
    const over = new AbortController();
    const { fetch } = fetchOf("never");
    const fetching = send({}, { fetch, signal: over.signal });
    const endless = readableStreamSource(new ReadableStream<Uint8Array>());
    const collecting = send({ method: "POST", body: endless, signal: over.signal });
    over.abort();
    const ended = { ok: false, error: { tag: "connection-terminated" } };
    expect(await fetching).toEqual(ended);
    expect(await collecting).toEqual(ended);
  });

  it("is the guest's own doing when the guest breaks off the body", async () => {
    const broken = readableStreamSource(
      new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("trap")) }),
    );
    expect(await send({ method: "POST", body: broken })).toEqual({ ok: false, error: { tag: "HTTP-protocol-error" } });
  });
});

describe("outbound HTTP that stays inside", () => {
  it("asks the application itself, with all that the component gave, and gives back all that it answers", async () => {
    const asked: unknown[] = [];
    const self: OutboundOptions["self"] = async ({ method, url, headers, body, trailers }) => {
      asked.push([method, url, headers, await new Response(body).text(), await trailers]);
      return {
        status: 299,
        headers: [
          ["set-cookie", "a=1"],
          ["set-cookie", "b=\u00ff"],
        ],
        body: bytesSource(new TextEncoder().encode("inside")),
        trailers: Promise.resolve([["x-sum", "6"]]),
      };
    };
    const cookie = new TextEncoder().encode("a=b");
    const body = bytesSource(new TextEncoder().encode("q"));
    const headers: OutboundRequest["headers"] = [
      ["cookie", cookie],
      ["x-raw", Uint8Array.of(0x80, 0xff)],
    ];
    const trailers: OutboundRequest["trailers"] = Promise.resolve([["x-end", Uint8Array.of(0x31)]]);
    // No browser sends a TRACE, and this goes by none.
    const result = await send({ method: "TRACE", url: "/in?x=1", headers, body, trailers }, { self });
    if (!result.ok) return expect.fail(`failed with ${result.error.tag}`);
    expect(await textOf(result)).toBe("inside");
    const given = [
      ["cookie", "a=b"],
      ["x-raw", "\u0080\u00ff"],
    ];
    expect(asked).toEqual([["TRACE", `${origin}/in?x=1`, given, "q", [["x-end", "1"]]]]);
    expect(result.status).toBe(299);
    expect(result.headers).toEqual([
      ["set-cookie", new TextEncoder().encode("a=1")],
      ["set-cookie", Uint8Array.of(0x62, 0x3d, 0xff)],
    ]);
    return expect(await result.trailers).toEqual([["x-sum", new TextEncoder().encode("6")]]);
  });

  it("gives up the inner request with the future of its response", async () => {
    const dropped = new AbortController();
    let inner: AbortSignal | undefined;
    const self: OutboundOptions["self"] = ({ signal }) => {
      inner = signal;
      return new Promise(() => {});
    };
    const result = send({ url: "/in", signal: dropped.signal }, { self });
    dropped.abort();
    expect(await result).toEqual({ ok: false, error: { tag: "connection-terminated" } });
    expect(inner?.aborted).toBe(true);
  });

  it("says so when the application itself fails", async () => {
    expect(await send({ url: "/in" }, { self: () => Promise.reject(new Error("loop")) })).toEqual({
      ok: false,
      error: { tag: "internal-error", val: "loop" },
    });
    expect(logged).toEqual(["loop"]);
  });

  it("chains to a component, or traps where there is none of that name", async () => {
    const hosts = parseAllowedHosts(["http://worker.spin.internal"]);
    const url = "http://worker.spin.internal/x";
    const chain = async (id: string) => ({
      status: 200,
      headers: [],
      body: bytesSource(new TextEncoder().encode(id)),
    });
    expect(await textOf(await send({ url }, { hosts, chain }))).toBe("worker");
    const none = (id: string) => Promise.reject(new ChainError(id));
    expect(await send({ url }, { hosts, chain: none })).toMatchObject({
      ok: false,
      trap: { code: "instance-failed", message: expect.stringContaining("destination 'worker'") as string },
    });
  });

  it("takes a mock before the network, and lets the guest finish its body", async () => {
    const body = bytesSource(Uint8Array.of(1));
    const mocks = [{ url: "https://api.example.com/:name", method: "POST", body: { mocked: true } }];
    const result = await send({ method: "POST", body }, { mocks });
    expect(await textOf(result)).toBe('{"mocked":true}');
    expect(body.state).toBe("ended");
  });

  it("goes on to the network where no mock matches", async () => {
    const { fetch, calls } = fetchOf(new Response("real"));
    const mocks = [{ url: "https://api.example.com/other", body: "mock" }];
    expect(await textOf(await send({}, { mocks, fetch }))).toBe("real");
    expect(calls).toHaveLength(1);
  });

  it("is denied before any mock", async () => {
    const mocks = [{ url: "https://evil.example/*", body: "mock" }];
    expect(await send({ url: "https://evil.example/x" }, { mocks })).toMatchObject({
      error: { tag: "HTTP-request-denied" },
    });
  });
});

/** What a browser makes of a redirect with `redirect: "manual"`. */
function opaqueRedirect(): Response {
  return Object.defineProperties(Response.error(), { type: { value: "opaqueredirect" } });
}
