import { expose } from "comlink";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type StudioHello } from "../../runtime/protocol.ts";
import { connectEngineFrame, handshakeTimeout, type FrameHost } from "./engine-frame.ts";

const origin = "http://abc.play.localhost:5173";
const hello = { type: "spin-playground-engine" };

/** A page with one frame, whose messages the test sends. */
function createPage() {
  const window = new EventTarget();
  const contentWindow = { postMessage: vi.fn() };
  const frame = { contentWindow, hidden: false, title: "", src: "", remove: vi.fn() };
  const append = vi.fn();
  const host = { window, document: { createElement: () => frame, body: { append } } } as unknown as FrameHost;
  const receive = (from: { source?: unknown; origin?: string; data?: unknown } = {}) =>
    window.dispatchEvent(Object.assign(new Event("message"), { source: contentWindow, origin, data: hello, ...from }));
  return { host, frame, append, contentWindow, receive };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("engine frame", () => {
  it("loads the engine page hidden and hands it a port that reaches the engine", async () => {
    const page = createPage();
    const connecting = connectEngineFrame(origin, page.host);
    expect(page.append).toHaveBeenCalledWith(page.frame);
    expect(page.frame).toMatchObject({ hidden: true, src: `${origin}/.well-known/spin/playground/engine.html` });
    page.receive();
    const connection = await connecting;
    const [answer, target] = page.contentWindow.postMessage.mock.calls[0] as [StudioHello, string];
    expect(target).toBe(origin);
    expose({ keyValueKeys: (store: string) => [`keys of ${store}`] }, answer.port);
    expect(await connection.api.keyValueKeys("default")).toEqual(["keys of default"]);
    answer.port.close();
  });

  it.each([
    ["another window", { source: {} }],
    ["another origin", { origin: "http://play.localhost:5173" }],
    ["another message", { data: { type: "other" } }],
    ["no message", { data: null }],
  ])("does not take the hello of %s", (_, from) => {
    const page = createPage();
    connectEngineFrame(origin, page.host).catch(() => undefined);
    page.receive(from);
    expect(page.contentWindow.postMessage).not.toHaveBeenCalled();
  });

  it("gives up after the time-out, takes the frame away and names the origin", async () => {
    const page = createPage();
    const connecting = connectEngineFrame(origin, page.host);
    vi.advanceTimersByTime(handshakeTimeout);
    await expect(connecting).rejects.toMatchObject({
      code: "engine-unavailable",
      message: expect.stringContaining(origin) as string,
    });
    expect(page.frame.remove).toHaveBeenCalled();
  });

  it("is lost when the page loads again, and does not time out once connected", async () => {
    const page = createPage();
    const connecting = connectEngineFrame(origin, page.host);
    page.receive();
    const connection = await connecting;
    vi.advanceTimersByTime(handshakeTimeout);
    expect(page.frame.remove).not.toHaveBeenCalled();
    page.receive();
    await expect(connection.lost).rejects.toMatchObject({ code: "engine-unavailable" });
    expect(page.frame.remove).toHaveBeenCalled();
  });

  it("is lost when it is closed", async () => {
    const page = createPage();
    const connecting = connectEngineFrame(origin, page.host);
    page.receive();
    const connection = await connecting;
    connection.close("another workspace");
    await expect(connection.lost).rejects.toThrow("another workspace");
  });
});
