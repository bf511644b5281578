import { describe, expect, it, vi } from "vitest";
import { bytesSource } from "../host/bytes-source.ts";
import type { OutboundRequest, OutboundResult } from "../host/context.ts";
import { collect } from "../host/outbound-body.ts";
import { FutureIncomingResponse } from "../host/wasi-http-handler.ts";
import type { Limits } from "../protocol.ts";
import type { FakeGuest, GuestWorld } from "./testing/fake-application.ts";
import { runGuest } from "./testing/run-guest.ts";

const allowed = ["http://self", "http://*.spin.internal", "https://*.spin.internal"];
const run = (guest: FakeGuest, limits: Partial<Limits> = {}) => runGuest(guest, { limits, allowedHosts: allowed });

function ask({ context }: GuestWorld, url: string, more: Partial<OutboundRequest> = {}): Promise<OutboundResult> {
  const { signal } = context;
  return context.suspending(
    context.outbound.send({ method: "GET", url, headers: [], body: undefined, signal, ...more }),
  );
}

async function textOf(result: OutboundResult): Promise<string> {
  if (!result.ok) return `${result.error.tag}: ${String(result.error.val)}`;
  return new TextDecoder().decode((await collect(result.body, 1_000_000)).bytes);
}

/** `main` answers what it gets from this address; `back` as the function says. */
const front =
  (url: string, back: FakeGuest, more?: Partial<OutboundRequest>): FakeGuest =>
  async (world) => {
    if (world.context.component.id === "back") return back(world);
    const result = await ask(world, url, more);
    world.respond({ status: 200, body: `${result.ok ? result.status : "failed"} ${await textOf(result)}` }).end();
  };
const told = async (guest: FakeGuest, limits?: Partial<Limits>) => {
  const guestRun = run(guest, limits);
  const { status, first, body } = await guestRun.send();
  const rest = body === undefined ? new Uint8Array() : (await collect(body, 1_000_000)).bytes;
  return { ...guestRun, status, text: new TextDecoder().decode(Uint8Array.of(...first, ...rest)) };
};

describe("a chained request", () => {
  const seen: FakeGuest = ({ request, respond }) => {
    const headers = request
      .headers()
      .entries()
      .map(([name, value]) => `${name}: ${new TextDecoder().decode(value)}`);
    const head = [request.scheme()?.tag, request.authority(), request.pathWithQuery()].join(" ");
    respond({ status: 203, body: [head, ...headers.sort()].join("\n") }).end();
  };

  it.each(["http://back.spin.internal/a%2Fb/?q=1", "https://back.spin.internal/a%2Fb/?q=1"])(
    "to %s reaches a private component with a match of `/...`, and has no host",
    async (url) => {
      const headers: OutboundRequest["headers"] = [
        ["host", new TextEncoder().encode("back.spin.internal")],
        ["spin-client-addr", new TextEncoder().encode("1.2.3.4:5")],
        ["x-own", new TextEncoder().encode("1")],
      ];
      const { text } = await told(front(url, seen, { headers }));
      expect(text.split("\n")).toEqual([
        "203 HTTP back.spin.internal /a%2Fb/?q=1",
        "spin-base-path: /",
        "spin-client-addr: 0.0.0.0:0",
        "spin-component-route: ",
        "spin-full-url: http://localhost/a%2Fb/?q=1",
        "spin-matched-route: /...",
        "spin-path-info: /a%2Fb/",
        "spin-raw-component-route: /...",
        "x-own: 1",
      ]);
    },
  );

  it("streams bodies both ways, and passes trailers on", async () => {
    const parts: string[] = [];
    const { text } = await told(async (world) => {
      const { request, respond, sleep, context } = world;
      if (context.component.id === "back") {
        const stream = request.consume().stream();
        const response = respond({ status: 200, body: "first " });
        await sleep(1);
        response.write(new TextDecoder().decode(await stream.blockingRead(100n)));
        return response.end([["x-sum", "9"]]);
      }
      const body = bytesSource(new TextEncoder().encode("sent"));
      const result = await ask(world, "http://back.spin.internal/", { method: "POST", body });
      if (!result.ok) return expect.fail(result.error.tag);
      parts.push(new TextDecoder().decode(result.body.take(100)));
      parts.push(await context.suspending(textOf(result)));
      const trailers = await result.trailers;
      respond({ status: 200, body: JSON.stringify(trailers?.map(([name, value]) => [name, ...value])) }).end();
    });
    expect(parts).toEqual(["first ", "sent"]);
    expect(text).toBe('[["x-sum",57]]');
  });

  it.each(["nope", "s"])("to %s, which is no component of an HTTP trigger, traps the caller", async (id) => {
    const { status, lines, traces } = await told(async (world) => {
      const future = new FutureIncomingResponse(
        world.context,
        ask(world, `http://${id}.spin.internal/`),
        new AbortController(),
      );
      await future.subscribe().block();
      future.get();
    });
    expect(status).toBe(500);
    const message = `guest invocation failed: unknown routing destination '${id}'`;
    expect(lines().join("\n")).toContain(`engine: Error processing request: ${message}`);
    expect(traces()).toMatchObject([{ failure: { message: expect.stringContaining(message) as string } }]);
  });

  it("that fails is an empty 500 to the caller, and the log and the trace say why", async () => {
    const { text, lines, traces } = await told(
      front("http://back.spin.internal/", () => {
        throw new WebAssembly.RuntimeError("unreachable");
      }),
    );
    expect(text).toBe("500 ");
    expect(lines()).toEqual(["engine: Error processing request: guest invocation failed: unreachable"]);
    const inner = traces()[0]?.spans.find(({ name }) => name === "outbound")?.inner;
    expect(inner).toMatchObject({ component: "back", status: 500, failure: { code: "instance-failed" } });
  });

  it("is denied without an entry that allows it", async () => {
    const guestRun = runGuest(
      async (world) => {
        const { respond } = world;
        respond({ status: 200, body: await textOf(await ask(world, "http://back.spin.internal/")) }).end();
      },
      { allowedHosts: ["http://self"] },
    );
    const { first } = await guestRun.send();
    expect(new TextDecoder().decode(first)).toContain("HTTP-request-denied");
  });

  it("has its spans within the span of its caller, host calls and all", async () => {
    const { traces } = await told(
      front("http://back.spin.internal/x", ({ respond }) => respond({ status: 200 }).end()),
    );
    expect(traces()).toHaveLength(1);
    const [outer] = traces();
    expect(outer?.spans.map(({ name }) => name)).toEqual(["queue", "instance", "outbound", "handler", "response"]);
    const outbound = outer?.spans.find(({ name }) => name === "outbound");
    expect(outbound?.detail).toBe("GET http://back.spin.internal/x 200");
    expect(outbound?.inner).toMatchObject({ component: "back", route: "/...", status: 200, method: "GET" });
    expect(outbound?.inner?.spans.map(({ name }) => name)).toEqual(["queue", "instance", "handler", "response"]);
    expect(outbound?.inner?.at).toBeGreaterThanOrEqual(outbound?.at ?? Infinity);
  });

  it("ends with the request that it lies within", async () => {
    let ended = 0;
    const guest = front("http://back.spin.internal/", ({ context, sleep }) => {
      context.signal.addEventListener("abort", () => (ended += 1));
      return sleep(60_000);
    });
    const cancelled = run(guest);
    const answer = cancelled.send();
    await expect.poll(() => cancelled.running().length).toBeGreaterThan(1);
    cancelled.cancel();
    await answer;
    expect(ended).toBe(1);
    expect(await told(guest, { requestDeadlineMs: 20 })).toMatchObject({ status: 504 });
    expect(ended).toBe(2);
  });
});

describe("requests within requests", () => {
  /** Asks itself `depth` times over. */
  const recursive: FakeGuest = async (world) => {
    const depth = Number(new URL(`http://x${world.request.pathWithQuery() ?? ""}`).searchParams.get("depth"));
    if (depth === 0) return world.respond({ status: 200, body: "end" }).end();
    const result = await ask(world, `/?depth=${depth - 1}`);
    world.respond({ status: 200, body: `${depth} ${await textOf(result)}` }).end();
  };
  const url = (depth: number) => ({ url: `http://app.test/?depth=${depth}` });

  it("have a limit to their depth, and the one that asks is told", async () => {
    const guestRun = run(recursive, { nestedRequests: 2 });
    const textOfDepth = async (depth: number) => new TextDecoder().decode((await guestRun.send(url(depth))).first);
    expect(await textOfDepth(2)).toBe("2 1 end");
    expect(guestRun.lines()).toEqual([]);
    expect(await textOfDepth(3)).toMatch(/^3 2 1 internal-error: .*nestedRequests/);
    expect(guestRun.lines().join("\n")).toContain("nestedRequests");
    expect(guestRun.traces()).toHaveLength(2);
  });

  it("of many at once all come to their end, however few instances there may be", async () => {
    const guestRun = run(recursive, { liveInstances: 4, nestedRequests: 3, requestDeadlineMs: 5_000 });
    const answers = await Promise.all(Array.from({ length: 24 }, () => guestRun.send(url(3))));
    expect(answers.map(({ first }) => new TextDecoder().decode(first))).toEqual(answers.map(() => "3 2 1 end"));
    // Those that are over have left nothing behind.
    await vi.waitFor(() => expect(guestRun.listening()).toEqual([0, 0]));
  });

  it("are refused where there may be one instance alone", async () => {
    const guestRun = run(recursive, { liveInstances: 1 });
    const { first } = await guestRun.send(url(1));
    expect(new TextDecoder().decode(first)).toMatch(/liveInstances/);
  });

  it("beyond those that a trace keeps are spans alone", async () => {
    const { traces } = await told(async (world) => {
      if (world.request.pathWithQuery() === "/") for (let count = 0; count < 40; count += 1) await ask(world, "/inner");
      world.respond({ status: 200 }).end();
    });
    const outbound = traces()[0]?.spans.filter(({ name }) => name === "outbound") ?? [];
    expect(outbound).toHaveLength(40);
    expect(outbound.filter(({ inner }) => inner !== undefined)).toHaveLength(32);
  });
});
