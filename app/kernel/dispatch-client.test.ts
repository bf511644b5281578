import { afterEach, expect, it, vi } from "vitest";
import type { CallerToWorker, WorkerToCaller } from "../../runtime/protocol.ts";
import { createDispatchClient, toRequest } from "./dispatch-client.ts";

const url = "http://abc.play.localhost:5173";
const open: MessagePort[] = [];
afterEach(() => open.splice(0).forEach((port) => port.close()));

/** A way in whose other side answers with the path, or not at all. */
function answeringPort({ silent = false } = {}): MessagePort {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  port2.addEventListener("message", ({ data }: MessageEvent<CallerToWorker>) => {
    if (silent || data.type !== "request") return;
    const bytes = new TextEncoder().encode(data.request.url);
    const head: WorkerToCaller = {
      type: "head",
      id: data.id,
      requestId: "r1",
      status: 200,
      headers: [],
      bytes,
      done: true,
    };
    port2.postMessage(head);
  });
  port2.start();
  return port1;
}

it("sends over one port and marks the response with its request id", async () => {
  const connect = vi.fn(() => Promise.resolve(answeringPort()));
  const client = createDispatchClient({ connect });
  const { response } = await client.send(toRequest("/a?b=1", undefined, url));
  expect(await response.text()).toBe(`${url}/a?b=1`);
  expect(response.headers.get("spin-playground-request-id")).toBe("r1");
  await client.send(toRequest("/", undefined, url));
  expect(connect).toHaveBeenCalledOnce();
});

it("fails what is under way when the engine changes, and connects anew", async () => {
  const connect = vi.fn(() => Promise.resolve(answeringPort({ silent: true })));
  const client = createDispatchClient({ connect });
  const sending = client.send(toRequest("/", undefined, url));
  await vi.waitFor(() => expect(connect).toHaveBeenCalled());
  client.reset("The engine was lost.");
  await expect(sending).rejects.toMatchObject({ code: "engine-unavailable", message: "The engine was lost." });
  connect.mockImplementation(() => Promise.resolve(answeringPort()));
  expect((await client.send(toRequest("/", undefined, url))).response.status).toBe(200);
});

it("tries again after a way in that could not be had", async () => {
  const connect = vi.fn().mockRejectedValueOnce(new Error("no engine")).mockResolvedValue(answeringPort());
  const client = createDispatchClient({ connect });
  await expect(client.send(toRequest("/", undefined, url))).rejects.toThrow("no engine");
  expect((await client.send(toRequest("/", undefined, url))).requestId).toBe("r1");
});

it("takes paths as the application's, and requests as they are", async () => {
  expect(toRequest("x", { method: "POST", body: "1" }, url)).toMatchObject({ url: `${url}/x`, method: "POST" });
  expect(toRequest(new Request("http://other/y"), { method: "PUT" }, url)).toMatchObject({
    url: "http://other/y",
    method: "PUT",
  });
});

it("refuses what the browser cannot send", () => {
  const invalid = expect.objectContaining({ code: "request-invalid" }) as Error;
  expect(() => toRequest("/", { method: "GET", body: "x" }, url)).toThrow(invalid);
  expect(() => toRequest("/", { headers: { "no name": "x" } }, url)).toThrow(invalid);
});
