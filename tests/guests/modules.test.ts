import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { describe, expect, it } from "vitest";
import { classifyWasm } from "../../runtime/component/classify-wasm.ts";
import { buildModule, isCommand, moduleNames } from "./build-module.ts";
import { runModule } from "./run-module.ts";

const argv = "${SCRIPT_NAME} ${ARGS}";

describe.each(moduleNames)("module %s", (name) => {
  it("is of the kind that the engine takes", async () => {
    expect(classifyWasm(await buildModule(name)).kind).toBe(isCommand(name) ? "command" : "spin-1");
  });
});

describe("a module of Spin 1.0", () => {
  it("gets the request, and its response is sent", async () => {
    const { ask, lines, traces } = await runModule(await buildModule("spin1-echo"));
    const answer = await ask({
      method: "POST",
      url: "http://app.test/path?query",
      headers: [
        ["x-one", "1"],
        ["x-two", "zwei ä"],
      ],
      body: new TextEncoder().encode("the body"),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers).toEqual({ "x-twice": "second", "content-type": "text/plain" });
    const [method, uri, params, body, ...headers] = answer.text.trim().split("\n");
    expect([method, uri, params, body]).toEqual(["method 1", "uri /path?query", "params 0", "body 1 the body"]);
    expect(headers).toContain("x-one: 1");
    expect(headers).toContain("host: app.test");
    expect(headers).toContain("spin-full-url: http://app.test/path?query");
    expect(lines()).toEqual(["stderr: asked for /path?query"]);
    expect(traces()[0]?.hostCalls?.names).toContain("wasi_snapshot_preview1#fd_write");
  });

  it("is not asked for methods that its interface does not have", async () => {
    const { ask, lines } = await runModule(await buildModule("spin1-echo"));
    expect(await ask({ method: "PURGE" })).toEqual({ status: 405, headers: {}, text: "" });
    expect(lines()).toEqual([]);
  });

  it("may answer with any status that Spin lets through", async () => {
    const { ask, lines } = await runModule(await buildModule("spin1-echo"));
    expect(await ask({ url: "http://app.test/status/404" })).toEqual({ status: 404, headers: {}, text: "" });
    expect((await ask({ url: "http://app.test/status/601" })).status).toBe(500);
    expect(lines()).toContain("engine: malformed HTTP status code 601");
  });

  it("gives and takes bodies of any size", async () => {
    const { ask } = await runModule(await buildModule("spin1-large"));
    const { text } = await ask({ url: "http://app.test/3000" });
    expect([text.length, text[0], text[1024], text.at(-1)]).toEqual([3000 * 1024, "a", "b", "j"]);
    const sent = await ask({ method: "PUT", body: new Uint8Array(2_000_000).fill(1) });
    expect(sent.text).toBe("2000000 bytes, sum 2000000");
  });

  it.each([
    ["/trap", /guest invocation failed: wasm trap: wasm `unreachable` instruction executed/],
    ["/exit", /exit status 3/],
    ["/nowhere", /address outside of its memory/],
    ["/header", /invalid header in the response: "not a name"/],
  ])("fails at %s, and the next request gets a fresh instance", async (path, reason) => {
    const { ask, lines } = await runModule(await buildModule("spin1-trap"));
    expect(await ask({ url: `http://app.test${path}` })).toEqual({ status: 500, headers: {}, text: "" });
    expect(lines().at(-1)).toMatch(reason);
    expect((await ask({ url: "http://app.test/" })).text).toBe("well");
  });

  it("may not have more memory than the limit", async () => {
    const { ask } = await runModule(await buildModule("spin1-trap"), { limits: { memoryBytes: 8 * 1024 * 1024 } });
    expect((await ask({ url: "http://app.test/grow" })).status).toBe(500);
  });
});

describe("a module as the tools of 2023 made it", () => {
  /** Answers with the status that a global counts, and nothing else; `fields` are what differs. */
  const counting = (fields: string): Promise<Uint8Array> =>
    parse(`(module
      (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
      (memory (export "memory") 1)
      (global $status (mut i32) (i32.const 200))
      (data (i32.const 1024) "\\00")
      (func (export "canonical_abi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
      (func (export "canonical_abi_free") (param i32 i32 i32))
      (func (export "handle-http-request") (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
        (global.set $status (i32.add (global.get $status) (i32.const 1)))
        (i32.store16 (i32.const 1024) (i32.add (global.get $status) (i32.load (i32.const 1040))))
        (i32.store (i32.const 1040) (i32.const 50))
        (i32.const 1024))
      ${fields})`);

  it("is never started, and has globals and memory of its own for each request", async () => {
    const { ask } = await runModule(await counting('(func (export "_start") (call $exit (i32.const 1)))'));
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([201, 201, 201]);
  });

  it("is initialised where it is a library", async () => {
    const { ask } = await runModule(
      await counting(
        '(func (export "_initialize") (global.set $status (i32.add (global.get $status) (i32.const 10))))',
      ),
    );
    expect([(await ask()).status, (await ask()).status]).toEqual([211, 211]);
  });

  it("may start itself, as long as it asks nothing of the host", async () => {
    const { ask } = await runModule(
      await counting("(func $begin (global.set $status (i32.const 300))) (start $begin)"),
    );
    expect([(await ask()).status, (await ask()).status]).toEqual([301, 301]);
    const asking = await runModule(await counting("(func $begin (call $exit (i32.const 0))) (start $begin)"));
    expect((await asking.ask()).status).toBe(500);
  });

  it("is ended when its memory is larger than the limit from the start", async () => {
    const { ask } = await runModule(await counting(""), { limits: { memoryBytes: 1024 } });
    expect((await ask()).status).toBe(503);
  });
});

describe("a command of the WAGI executor", () => {
  it("gets the request in arguments, environment and input", async () => {
    const { ask } = await runModule(await buildModule("wagi-env"), {
      argv,
      environment: { KEY: "of the manifest", REQUEST_METHOD: "of the manifest" },
    });
    const { status, headers, text } = await ask({
      method: "POST",
      url: "http://app.test:8080/base/7/some%20path?a=1&b=2",
      headers: [
        ["content-type", "text/x"],
        ["authorization", "secret"],
        ["x-own", "value"],
      ],
      body: new TextEncoder().encode("input"),
    });
    expect([status, headers]).toEqual([200, { "content-type": "text/plain; charset=utf-8", "x-wagi": "yes" }]);
    const [variables = "", input] = text.split("---\n");
    expect(input).toBe("input");
    expect(variables.trim().split("\n")).toEqual([
      "arg 0=/base/7/some%20path",
      "arg 1=a=1",
      "arg 2=b=2",
      "AUTH_TYPE=",
      "CONTENT_LENGTH=5",
      "CONTENT_TYPE=",
      "GATEWAY_INTERFACE=CGI/1.1",
      "HTTP_CONTENT_TYPE=text/x",
      "HTTP_HOST=app.test:8080",
      "HTTP_X_OWN=value",
      "KEY=of the manifest",
      "PATH_INFO=/some%20path",
      "PATH_TRANSLATED=/some path",
      "QUERY_STRING=a=1&b=2",
      "REMOTE_ADDR=127.0.0.1",
      "REMOTE_HOST=127.0.0.1",
      "REMOTE_USER=",
      "REQUEST_METHOD=POST",
      "REQUEST_METHOD=of the manifest",
      "SCRIPT_NAME=/base/:id",
      "SERVER_NAME=app.test",
      "SERVER_PORT=8080",
      "SERVER_PROTOCOL=HTTP/1.1",
      "SERVER_SOFTWARE=WAGI/1",
      "X_BASE_PATH=/",
      "X_CLIENT_ADDR=127.0.0.1:1234",
      "X_COMPONENT_ROUTE=/base/:id",
      "X_FULL_URL=http://app.test:8080/base/7/some%20path?a=1&b=2",
      "X_MATCHED_ROUTE=/base/:id/...",
      "X_PATH_MATCH_ID=7",
      "X_RAW_COMPONENT_ROUTE=/base/:id/...",
      "X_RAW_PATH_INFO=/some%20path",
    ]);
  });

  it("may print more than is sent at once", async () => {
    const { ask } = await runModule(await buildModule("wagi-stream"), { argv });
    const { text } = await ask({ url: "http://app.test/base/1/?2000" });
    expect([text.length, text.split("\n").length]).toEqual([2000 * 1024, 2001]);
  });

  it("is ended when it prints more than a response may have", async () => {
    const { ask, lines } = await runModule(await buildModule("wagi-stream"), {
      argv,
      limits: { responseBodyBytes: 100_000 },
    });
    expect((await ask({ url: "http://app.test/base/1/?2000" })).status).toBe(503);
    expect(lines().at(-1)).toMatch(/printed more than 100000 bytes/);
  });

  it("reads what is mounted, and changes nothing", async () => {
    const files = { "page.txt": "first line\nlast", "sub/inner.txt": "inner" };
    const { ask } = await runModule(await buildModule("wagi-files"), { argv, files });
    const page = await ask({ url: "http://app.test/base/1/page.txt" });
    expect(page).toEqual({
      status: 200,
      headers: { "content-type": "text/plain", "x-size": "15", "x-time": "1700000000" },
      text: "first line\nlast|11",
    });
    expect((await ask({ url: "http://app.test/base/1/none" })).text).toBe("/none: No such file or directory\n");
    const root = await ask({ url: "http://app.test/base/1/" });
    expect(root.text.trim().split("\n")).toEqual([
      ". 3",
      ".. 3",
      "page.txt 4",
      "sub 3",
      "write: Operation not permitted",
      "remove: Operation not permitted",
    ]);
  });

  it.each([
    ["exit0", 418, "printed before the end\n"],
    ["", 418, "printed before the end\n"],
    ["redirect", 302, ""],
    ["insufficient", 500, "Exactly one of 'location' or 'content-type' must be specified"],
    ["exit1", 500, ""],
    ["main1", 500, ""],
    ["trap", 500, ""],
    ["silent", 500, ""],
  ])("ends by %j", async (how, status, text) => {
    const { ask, lines } = await runModule(await buildModule("wagi-end"), { argv });
    const answer = await ask({ url: `http://app.test/base/1/?${how}` });
    expect([answer.status, answer.text]).toEqual([status, text]);
    if (how === "silent") {
      expect(lines().at(-1)).toContain(
        'The "guest" component is configured to use the WAGI executor but did not write to stdout. Check the `executor` in spin.toml.',
      );
    }
  });
});
