import { describe, expect, it } from "vitest";
import { bytesSource } from "../bytes-source.ts";
import { outcome, testContext, text, utf8 } from "../context-for-tests.ts";
import type { OutboundRequest, OutboundResult } from "../context.ts";
import { spinHttp, type SpinHttpRequest } from "./http.ts";
import { createPipe } from "../pipe.ts";

const plain: SpinHttpRequest = { method: "get", uri: "https://x.test/", headers: [], body: undefined };
const ok = (body = "answer"): OutboundResult => ({
  ok: true,
  status: 203,
  headers: [
    ["x-a", utf8("1")],
    ["x-a", utf8("2")],
    ["x-bytes", Uint8Array.of(0xe4)],
    ["connection", utf8("close")],
  ],
  body: bytesSource(utf8(body)),
});

function http(answer: OutboundResult) {
  const sent: OutboundRequest[] = [];
  const context = testContext({
    outbound: {
      async send(request) {
        sent.push(request);
        return answer;
      },
    },
  });
  const host = spinHttp(context);
  const send = async (request: Partial<SpinHttpRequest> = {}): Promise<unknown> => {
    try {
      return await host.sendRequest({ ...plain, ...request });
    } catch (error) {
      return outcome(() => {
        throw error;
      });
    }
  };
  return { send, sent, context };
}

describe("fermyon:spin/http", () => {
  it("sends whole bodies both ways, and suspends the guest once", async () => {
    const { send, sent, context } = http(ok());
    const headers = [
      ["X-Sent", "ä"],
      ["host", "other.test"],
    ] as const;
    expect(await send({ method: "post", headers, body: utf8("body") })).toEqual({
      status: 203,
      headers: [
        ["x-a", "1"],
        ["x-a", "2"],
      ],
      body: utf8("answer"),
    });
    expect(sent[0]).toMatchObject({ method: "POST", url: "https://x.test/", headers: [["x-sent", utf8("ä")]] });
    expect(text(sent[0]?.body?.take(100) ?? new Uint8Array())).toBe("body");
    expect(context.suspensions).toBe(1);
  });

  it.each([
    ["/path?q", "/path?q"],
    ["http://x.test:8080/a", "http://x.test:8080/a"],
    ["x.test/a", "https://x.test/a"],
  ])("sends %s to %s", async (uri, url) => {
    const { send, sent } = http(ok());
    await send({ uri });
    expect(sent[0]?.url).toBe(url);
  });

  it.each(["", "ftp://x.test/", "http://", "https://x y/", "javascript:alert(1)"])(
    "refuses the URL %j",
    async (uri) => {
      const { send, sent } = http(ok());
      expect(await send({ uri })).toEqual({ err: "invalid-url" });
      expect(sent).toEqual([]);
    },
  );

  it.each([
    ["not a name", "value"],
    ["x-a", "line\nbreak"],
  ])("refuses the header %j: %j", async (name, value) => {
    expect(await http(ok()).send({ headers: [[name, value]] })).toEqual({ err: "runtime-error" });
  });

  it.each([
    ["HTTP-request-denied", "destination-not-allowed"],
    ["HTTP-request-URI-invalid", "invalid-url"],
    ["connection-refused", "runtime-error"],
  ])("makes of %s %s", async (tag, error) => {
    expect(await http({ ok: false, error: { tag } }).send()).toEqual({ err: error });
  });

  it("fails where the body of the response breaks off", async () => {
    const { sink, source } = createPipe();
    sink.write(utf8("part"));
    sink.fail(new Error("broken"));
    const broken = { ...ok(), body: source } as OutboundResult;
    expect(await http(broken).send()).toEqual({ err: "runtime-error" });
  });
});
