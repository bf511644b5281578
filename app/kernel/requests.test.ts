import { beforeEach, describe, expect, it, vi } from "vitest";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { Trace } from "../../runtime/protocol.ts";
import { createRequests, type Requests, traceWait } from "./requests.ts";
import { createStudioStore, type StudioStore } from "./store.ts";

const application = {
  url: "http://a.play",
  name: "a",
  routes: [],
  keyValueStores: [],
  components: [],
  generation: 1,
  madeFrom: undefined,
};
const trace: Trace = { requestId: "r", method: "GET", url: "/", start: 0, status: 200, spans: [] };
const request = { method: "GET", path: "/x", headers: [], body: undefined };

let store: StudioStore;
let requests: Requests;
const send = vi.fn();
const events = { expectTrace: vi.fn(), trace: vi.fn() };
const settled = vi.fn();
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A response whose body breaks off after its first chunk. */
function brokenResponse(): Response {
  let chunks = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (chunks++ === 0) controller.enqueue(new TextEncoder().encode("part"));
      else controller.error(new PlaygroundError("instance-failed", "trapped"));
    },
  });
  return new Response(body, { status: 500 });
}

beforeEach(() => {
  vi.resetAllMocks();
  store = createStudioStore();
  store.setState((state) => ({ run: { ...state.run, application } }));
  const respond = (response: Response) => ({ response, requestId: "r", headers: [["set-cookie", "a=1"]] });
  send.mockImplementation(() => Promise.resolve(respond(new Response("all"))));
  events.trace.mockResolvedValue(trace);
  requests = createRequests({ store, dispatch: { send, reset: vi.fn() }, events, settled });
});

describe("requests", () => {
  it("wait for a start under way", async () => {
    store.setState((state) => ({ run: { ...state.run, application: undefined } }));
    settled.mockImplementation(() => {
      store.setState((state) => ({ run: { ...state.run, application } }));
      return Promise.resolve();
    });
    expect((await requests.send("/x")).response.status).toBe(200);
    expect(send.mock.calls[0]?.[0]).toMatchObject({ url: "http://a.play/x" });
    expect(events.expectTrace).toHaveBeenCalledWith("r");
  });

  it("are refused when nothing runs", async () => {
    store.setState((state) => ({ run: { ...state.run, application: undefined } }));
    await expect(requests.send("/x")).rejects.toMatchObject({ code: "not-running" });
    expect(send).not.toHaveBeenCalled();
  });

  it("give the whole response, with headers that browsers hide, and the trace", async () => {
    const response = await requests.exchange(request);
    expect(response).toMatchObject({ status: 200, headers: [["set-cookie", "a=1"]], trace });
    expect(text(response.body)).toBe("all");
  });

  it("give what came of a body that broke off, when the trace says why", async () => {
    send.mockResolvedValue({ response: brokenResponse(), requestId: "r", headers: [] });
    events.trace.mockResolvedValue({ ...trace, failure: { code: "instance-failed", message: "trapped" } });
    const response = await requests.exchange(request);
    expect(response).toMatchObject({ status: 500, trace: { failure: { message: "trapped" } } });
    expect(text(response.body)).toBe("part");
  });

  it("add to the trace why a body broke off", async () => {
    send.mockResolvedValue({ response: brokenResponse(), requestId: "r", headers: [] });
    const response = await requests.exchange(request);
    expect(response.trace).toEqual({ ...trace, failure: { code: "instance-failed", message: "trapped" } });
  });

  it("fail with the reason of a broken body that has no trace", async () => {
    send.mockResolvedValue({ response: brokenResponse(), requestId: "r", headers: [] });
    events.trace.mockRejectedValue(new PlaygroundError("file-not-found", "none"));
    await expect(requests.exchange(request)).rejects.toMatchObject({ code: "instance-failed", message: "trapped" });
  });

  it("do not wait for a trace for ever", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    events.trace.mockReturnValue(new Promise(() => undefined));
    const exchange = requests.exchange(request);
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    vi.advanceTimersByTime(traceWait);
    expect((await exchange).trace).toBeUndefined();
    vi.useRealTimers();
  });
});
