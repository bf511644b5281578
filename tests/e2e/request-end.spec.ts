import { expect, test } from "./workbench.ts";
import { listener, project } from "./projects.ts";

/** How a request ends, in a real component: what the caller gets, and what its trace says. */
const source = listener(`
  if (url.pathname === "/compute") for (;;);
  if (url.pathname === "/empty") return new Response(null, { status: 204 });
  if (url.pathname === "/print") { for (let index = 0; index < 40_000; index++) console.log("x".repeat(60)); return new Response("printed"); }
  if (url.pathname === "/break") {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const send = async (): Promise<void> => {
      await writer.write(new TextEncoder().encode("part"));
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new Error("broke in the middle");
    };
    void send();
    return new Response(readable);
  }
  if (url.pathname === "/stream") {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const send = async (): Promise<void> => {
      await writer.write(new TextEncoder().encode("one "));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await writer.write(new TextEncoder().encode("two"));
      await writer.close();
    };
    void send();
    return new Response(readable);
  }
  return new Response("fine", { headers: { "x-bytes": request.headers.get("x-bytes") ?? "none" } });`);

test.beforeEach(async ({ studio }) => {
  await studio.evaluate(async (files) => {
    await playground.open(files);
    await playground.up();
  }, project(source));
});

test("a request whose worker is ended has a trace that says why", async ({ studio }) => {
  const result = await studio.evaluate(async () => {
    await playground.configure({ requestDeadlineMs: 1_000 });
    const response = await playground.request("/compute");
    const trace = await playground.trace(response.headers.get("spin-playground-request-id") ?? "");
    return { status: response.status, trace };
  });
  expect(result).toMatchObject({
    status: 502,
    trace: { status: 502, failure: { message: expect.stringContaining("computed for more than 1 s") } },
  });
});

test("a streamed response has one trace, with all its spans", async ({ studio }) => {
  const result = await studio.evaluate(async () => {
    const response = await playground.request("/stream");
    const text = await response.text();
    const trace = await playground.trace(response.headers.get("spin-playground-request-id") ?? "");
    return { text, trace };
  });
  expect(result).toMatchObject({ text: "one two", trace: { status: 200 } });
  expect(result.trace.failure).toBeUndefined();
  const named = result.trace.spans.filter(({ name }) => name !== "host-call").map(({ name }) => name);
  expect(named).toEqual(["queue", "instance", "handler", "response"]);
  const calls = result.trace.spans.flatMap(({ call, duration }) => (call ? [{ ...call, duration }] : []));
  expect(calls).toContainEqual(
    expect.objectContaining({
      interface: "wasi:http/types@0.2.10",
      function: "[method]incoming-request.path-with-query",
    }),
  );
  // The program sleeps for 50 ms, and that is where the time went.
  const sleeping = calls.filter(({ function: name }) => name === "poll" || name === "[method]pollable.block");
  expect(Math.max(...sleeping.map(({ duration }) => duration))).toBeGreaterThan(40);
});

test("a JavaScript program that throws while it streams says so in the log", async ({ studio }) => {
  const result = await studio.evaluate(async () => {
    const broken = await playground.request("/break");
    const text = await broken.text();
    const logs = (await playground.logs()).map((line) => `${line.stream}: ${line.text}`);
    return { status: broken.status, text, logs, fine: await (await playground.request("/")).text() };
  });
  // StarlingMonkey itself finishes the body then, so that the response ends well, with native Spin too. A guest that does
  // not finish its body breaks it off: see the unit tests of the runner.
  expect(result).toMatchObject({ status: 200, text: "part", fine: "fine" });
  expect(result.logs.join("\n")).toContain("stderr: Warning: JS event loop terminated without completing the request.");
});

test("answers without a body, and output without measure, leave the application running", async ({ studio }) => {
  const result = await studio.evaluate(async () => {
    const empty = await playground.request("/empty");
    const head = await playground.request("/", { method: "HEAD" });
    const printed = await (await playground.request("/print")).text();
    const logs = await playground.logs();
    const fine = await (await playground.request("/")).text();
    const limit = logs.find(({ text }) => text.includes("the rest is not kept"));
    return { statuses: [empty.status, head.status], printed, limit: limit?.stream, fine };
  });
  expect(result).toEqual({ statuses: [204, 200], printed: "printed", limit: "engine", fine: "fine" });
});

test("header values go in and out byte by byte", async ({ studio, context }) => {
  const { url } = await studio.evaluate(() => playground.up());
  const tab = await context.newPage();
  await tab.goto(url);
  const echoed = await tab.evaluate(async () => {
    // The bytes of "café" in UTF-8, one character for each as everywhere in the browser's headers.
    const response = await fetch("/", { headers: { "x-bytes": "caf\u00c3\u00a9" } });
    return response.headers.get("x-bytes");
  });
  expect(echoed).toBe("caf\u00c3\u00a9");
});
