import { describe, expect, it } from "vitest";
import { emptySource } from "./bytes-source.ts";
import type { OutboundRequest } from "./context.ts";
import { outcome, testContext, utf8 } from "./context-for-tests.ts";
import { createPipe } from "./pipe.ts";
import { wasi20231110 } from "./wasi-2023-11-10.ts";
import { Fields } from "./wasi-http-fields.ts";
import { IncomingBody } from "./wasi-http-incoming-body.ts";
import { OutgoingRequest, RequestOptions } from "./wasi-http-outgoing-request.ts";
import type { TcpSocket } from "./wasi-sockets-tcp.ts";

interface Types {
  RequestOptions: new () => RequestOptions & {
    connectTimeoutMs(): bigint | undefined;
    setConnectTimeoutMs(milliseconds: bigint | undefined): void;
    setFirstByteTimeoutMs(milliseconds: bigint | undefined): void;
    setBetweenBytesTimeoutMs(milliseconds: bigint | undefined): void;
  };
  IncomingBody: {
    finish(body: IncomingBody): { subscribe(): { block(): unknown }; get(): unknown; [Symbol.dispose](): void };
  };
  FutureTrailers: abstract new () => object;
}

const members = (name: string, context = testContext()): unknown =>
  wasi20231110[`wasi:${name}@0.2.0-rc-2023-11-10`]?.(context);
const types = members("http/types") as Types;

describe("request-options of 0.2.0-rc-2023-11-10", () => {
  it("are milliseconds", () => {
    const sent: OutboundRequest[] = [];
    const send = (request: OutboundRequest): Promise<never> => {
      sent.push(request);
      return new Promise(() => {});
    };
    const context = testContext({ outbound: { send } });
    const options = new types.RequestOptions();
    expect(options).toBeInstanceOf(RequestOptions);
    expect(options.connectTimeoutMs()).toBeUndefined();
    options.setConnectTimeoutMs(1n);
    options.setFirstByteTimeoutMs(2n);
    options.setBetweenBytesTimeoutMs(3n);
    expect(options.connectTimeoutMs()).toBe(1n);
    const { handle } = members("http/outgoing-handler", context) as {
      handle: (request: OutgoingRequest, options: RequestOptions) => unknown;
    };
    handle(new OutgoingRequest(context, new Fields()), options);
    expect(sent).toMatchObject([{ connectTimeoutMs: 1, firstByteTimeoutMs: 2, betweenBytesTimeoutMs: 3 }]);
  });
});

describe("trailers of 0.2.0-rc-2023-11-10", () => {
  it("come in one result, and trap when they are asked for again", async () => {
    const trailers = Promise.resolve<[string, Uint8Array][]>([["x", utf8("1")]]);
    const body = new IncomingBody(testContext(), emptySource(), trailers);
    expect(body).toBeInstanceOf(types.IncomingBody);
    const future = types.IncomingBody.finish(body);
    expect(future).toBeInstanceOf(types.FutureTrailers);
    expect(future.get()).toBeUndefined();
    await future.subscribe().block();
    expect(future.get()).toMatchObject({ tag: "ok", val: expect.any(Fields) as Fields });
    expect(() => future.get()).toThrow("retrieved already");
  });

  it("tell the sender when they are dropped", () => {
    const pipe = createPipe();
    types.IncomingBody.finish(new IncomingBody(testContext(), pipe.source))[Symbol.dispose]();
    expect(pipe.sink.state).toBe("closed");
  });
});

it("traps on what Spin does not support of its sockets", () => {
  const { createTcpSocket } = members("sockets/tcp-create-socket") as {
    createTcpSocket: (family: string) => TcpSocket & { ipv6Only(): boolean };
  };
  const socket = createTcpSocket("ipv6");
  expect(socket).toBeInstanceOf((members("sockets/tcp") as { TcpSocket: typeof TcpSocket }).TcpSocket);
  expect(outcome(() => socket.finishBind())).toEqual({ err: "not-in-progress" });
  expect(() => socket.ipv6Only()).toThrow("Spin does not support any more");
});
