import { describe, expect, it } from "vitest";
import { bytesSource } from "../host/bytes-source.ts";
import { testContext, text, utf8 } from "../host/context-for-tests.ts";
import { createExchange } from "../host/http-exchange.ts";
import { readAll } from "../host/read-all.ts";
import { handleInbound, type InboundRequest, type InboundResponse } from "./inbound-http.ts";

/** What a guest that answers thus is asked, and what comes of it. */
async function ask(method: string, answer: InboundResponse, body = "") {
  const context = testContext();
  const asked: InboundRequest[] = [];
  const exchange = createExchange(context, {
    method,
    scheme: "HTTP",
    authority: "guest.test",
    pathWithQuery: "/path?query",
    headers: [
      ["x-a", utf8("1")],
      ["x-a", utf8("zwei ä")],
    ],
    body: bytesSource(utf8(body)),
  });
  const handled = handleInbound(context, exchange.incomingRequest, exchange.responseOutparam, async (request) => {
    asked.push(request);
    return answer;
  });
  const response = await exchange.response;
  const received = text(await readAll(response.body, 1_000));
  await handled;
  return { asked, status: response.status, headers: response.headers, body: received, failure: exchange.handlerDone() };
}

describe("inbound-http", () => {
  it("gives the guest path and query, no params, and a body always", async () => {
    const { asked } = await ask("POST", { status: 200 });
    const headers = [
      ["x-a", "1"],
      ["x-a", "zwei ä"],
    ];
    expect(asked).toEqual([{ method: "post", uri: "/path?query", headers, params: [], body: new Uint8Array() }]);
    expect((await ask("PUT", { status: 200 }, "sent")).asked[0]?.body).toEqual(utf8("sent"));
  });

  it("sends what the guest answers: none of headers or body is empty, of one name the last counts", async () => {
    expect(await ask("GET", { status: 204 })).toMatchObject({ status: 204, headers: [], body: "", failure: undefined });
    const headers: [string, string][] = [
      ["X-B", "1"],
      ["x-b", "2"],
    ];
    expect(await ask("GET", { status: 600, headers, body: utf8("answer") })).toMatchObject({
      status: 600,
      headers: [["x-b", "2"]],
      body: "answer",
      failure: undefined,
    });
  });

  it("answers 405 to other methods without the guest, and 500 for a status that is none", async () => {
    expect(await ask("CONNECT", { status: 200, body: utf8("x") })).toMatchObject({ asked: [], status: 405, body: "" });
    expect(await ask("GET", { status: 601, body: utf8("x") })).toMatchObject({ status: 500, headers: [], body: "" });
    expect(await ask("GET", { status: 99 })).toMatchObject({ status: 500 });
  });
});
