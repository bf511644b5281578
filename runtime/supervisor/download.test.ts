import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { download } from "./download.ts";

const bytes = new TextEncoder().encode("the bytes of a component");
const url = "https://example.com/a.wasm";
const fetched = vi.fn<typeof fetch>();
let channel: MessageChannel;
let told: unknown[];

const start = (address = url, limit = 1_000) => download({ url: address, limit, port: channel.port2, fetch: fetched });
const reason = (...options: Parameters<typeof start>): Promise<string> =>
  start(...options).then(
    () => "it was fetched",
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );
const answering = (response: () => Response) => fetched.mockImplementation(() => Promise.resolve(response()));

beforeEach(() => {
  fetched.mockReset();
  channel = new MessageChannel();
  told = [];
  channel.port1.addEventListener("message", ({ data }) => told.push(data));
  channel.port1.start();
});
afterEach(() => channel.port1.close());

it("gives the bytes, and tells how far it is", async () => {
  answering(() => new Response(bytes, { headers: { "content-length": String(bytes.length) } }));
  expect(new Uint8Array(await start())).toEqual(bytes);
  await expect
    .poll(() => told)
    .toEqual([
      { loaded: 0, total: bytes.length },
      { loaded: bytes.length, total: bytes.length },
    ]);
  expect(fetched.mock.calls[0]?.[1]).toMatchObject({ credentials: "omit" });
});

it("says what the server answered", async () => {
  answering(() => new Response("", { status: 404, statusText: "Not Found" }));
  expect(await reason()).toBe("component-unavailable: HTTP status 404 Not Found");
});

it.each(["said", "found out"])("stops at the limit, when the length is %s", async (how) => {
  answering(() => new Response(bytes, how === "said" ? { headers: { "content-length": "24" } } : {}));
  expect(await reason(url, 10)).toContain("longer than 10 bytes, the playground's limit (componentBytes)");
});

it("tells a server that refuses other origins from one that is not there", async () => {
  fetched.mockImplementation((_url, init) =>
    init?.mode === "no-cors" ? Promise.resolve(new Response()) : Promise.reject(new TypeError("Failed to fetch")),
  );
  expect(await reason()).toContain("(CORS)");
  fetched.mockRejectedValue(new TypeError("Failed to fetch"));
  expect(await reason()).toContain("could not be reached");
});

it("says that a transfer broke off, and blames no rule of browsers for it", async () => {
  answering(() => {
    let pulls = 0;
    return new Response(
      new ReadableStream<Uint8Array>({
        pull: (controller) =>
          pulls++ === 0 ? controller.enqueue(bytes) : controller.error(new TypeError("network error")),
      }),
    );
  });
  expect(await reason()).toBe(`component-unavailable: the transfer broke off after ${bytes.length} bytes`);
  expect(fetched).toHaveBeenCalledOnce();
});

it.each(["file:///etc/passwd", "ftp://example.com/a", "data:,x"])("does not fetch from %s", async (other) => {
  expect(await reason(other)).toContain("is none that components are fetched by");
  expect(fetched).not.toHaveBeenCalled();
});

it("is given up at a word from the studio", async () => {
  fetched.mockImplementation(
    (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      }),
  );
  const outcome = reason();
  channel.port1.postMessage("give up");
  expect(await outcome).toContain("nobody waits for it");
});
