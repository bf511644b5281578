import type { Page } from "@playwright/test";
import { inboundCoreProject, inboundGuestProject } from "../guests/build-inbound-guest.ts";
import { moduleProject, type ModuleName } from "../guests/build-module.ts";
import { expect, openStudio, test } from "./fixtures.ts";
import { test as shared } from "./workbench.ts";

/** The same programs in the ABI of Spin 1.0, and as components that export `fermyon:spin/inbound-http`. */
const kinds = {
  "a module of Spin 1.0": { projectOf: moduleProject, keyValue: "key-value" },
  "a component of Spin 1.5": { projectOf: inboundGuestProject, keyValue: "fermyon:spin/key-value" },
  "the core of such a component": { projectOf: inboundCoreProject, keyValue: "fermyon:spin/key-value" },
} as const;

/** Core modules in a browser, through the service worker: what waits (JSPI), streams, fails, and is shown to the person. */
async function run(studio: Page, name: ModuleName, change: (toml: string) => string = (toml) => toml): Promise<string> {
  const project = await moduleProject(name);
  project["spin.toml"] = change(String(project["spin.toml"]));
  return open(studio, project);
}

async function open(studio: Page, project: Record<string, string | Uint8Array>): Promise<string> {
  const files = Object.entries(project).map(([path, content]) => {
    return [path, typeof content === "string" ? content : [...content]] as const;
  });
  return studio.evaluate(async (sent) => {
    const given = sent.map(([path, content]) => [
      path,
      typeof content === "string" ? content : Uint8Array.from(content),
    ]);
    await playground.open(Object.fromEntries(given) as Record<string, string | Uint8Array>);
    try {
      return (await playground.up()).url ?? "";
    } catch (error) {
      return String(error);
    }
  }, files);
}

/** A page of the application's origin, whose requests go through the service worker. */
async function client(studio: Page, url: string): Promise<Page> {
  const page = await studio.context().newPage();
  await page.goto(`${url}/.well-known/spin/health`);
  await expect(page.locator("body")).toHaveText("OK");
  return page;
}

function ask(page: Page, path: string, init: { method?: string; body?: string } = {}) {
  return page.evaluate(
    async ([target, options]) => {
      const response = await fetch(target, options);
      return { status: response.status, text: await response.text() };
    },
    [path, init] as const,
  );
}

/** Of the last request, as the trace and the log have them. */
function told(studio: Page, path: string) {
  return studio.evaluate(async (asked) => {
    const response = await playground.request(asked);
    const text = await response.text();
    const id = response.headers.get("spin-playground-request-id") ?? "";
    const { spans, component, route, failure } = await playground.trace(id);
    const calls = spans.flatMap(({ call }) =>
      call ? [`${call.interface}#${call.function}${call.error ? ` ${call.error}` : ""}`] : [],
    );
    const lines = (await playground.logs()).filter(({ requestId }) => requestId === id);
    return {
      status: response.status,
      text,
      component,
      route,
      failure,
      calls,
      lines: lines.map(({ stream, text: line }) => `${stream}: ${line}`),
    };
  }, path);
}

for (const [kind, { projectOf, keyValue }] of Object.entries(kinds)) {
  shared(`${kind} uses stores, variables, databases, Redis and outbound HTTP`, async ({ studio }) => {
    const page = await client(studio, await open(studio, await projectOf("spin1-hosts")));
    expect(await ask(page, "/key-value")).toEqual({
      status: 200,
      text: [
        "open none: 1 2",
        "get missing: 1 4",
        "get b: 0 value of b",
        "key a",
        "key b",
        "exists a: 0 1",
        "exists a: 0 0",
        "get closed: 1 3",
        "",
      ].join("\n"),
    });
    expect((await ask(page, "/config")).text).toBe(
      [
        "greeting: 0 hello",
        'other: error 0 no variable for "spin1-hosts"."other"',
        "No-Name: error 1 \"No-Name\": invalid character 'N'. Variable names may contain only lower-case letters, numbers, and underscores.",
        "",
      ].join("\n"),
    );
    expect((await ask(page, "/http")).text).toBe("inner: 0 200 headers 1 0\n/echo?inner got the body\ndenied: 1 1\n");
    expect((await ask(page, "/sqlite")).text).toBe(
      "open: 0\nselect: 0\ni r t n b rows 1 of 5: -5 2.5 text 4 2\nwrong: 1 4\n",
    );
    expect((await ask(page, "/redis")).text).toBe(
      [
        "get nothing: 0 0",
        "set: 0",
        "get: 0 kept",
        "incr: 0 2",
        "incr text: 1 1",
        "sadd: 0 2",
        "smembers: 0 2",
        "execute: 0 1 3 kept",
        "del: 0 3",
        "",
      ].join("\n"),
    );
    expect((await ask(page, "/servers")).text).toContain("redis get: 1 1\nredis incr: 1 1\npg query: error 1 address");
  });

  shared(`host calls of ${kind} are in the trace`, async ({ studio }) => {
    await open(studio, await projectOf("spin1-hosts"));
    const { calls, component, route } = await told(studio, "/key-value");
    expect({ component, route }).toEqual({ component: "spin1-hosts", route: "/..." });
    const ofStores = calls.filter((call) => call.startsWith(keyValue)).slice(0, 3);
    expect(ofStores).toEqual(["open access-denied", "open", "get no-such-key"].map((call) => `${keyValue}#${call}`));
  });

  shared(`a large body of ${kind} is streamed`, async ({ studio }) => {
    const page = await client(studio, await open(studio, await projectOf("spin1-large")));
    const read = await page.evaluate(async () => {
      const { body } = await fetch("/3000");
      let chunks = 0;
      let length = 0;
      const reader = (body as ReadableStream<Uint8Array>).getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        chunks += 1;
        length += next.value.length;
      }
      return { length, isStreamed: chunks > 1 };
    });
    expect(read).toEqual({ length: 3000 * 1024, isStreamed: true });
    expect((await ask(page, "/", { method: "POST", body: "x".repeat(300_000) })).text).toBe(
      "300000 bytes, sum 36000000",
    );
  });

  for (const [path, reason] of [
    ["/trap", /unreachable/],
    // WASI 0.2 tells success and failure apart, and no more.
    ["/exit", /exit status [31]$/],
    // Of a component, the glue says it in the browser's words.
    ["/pointer", /address outside of its memory|outside the bounds/],
    ["/nowhere", /address outside of its memory|outside the bounds/],
  ] as const) {
    shared(`${kind} that fails at ${path} is answered with 500, and the application goes on`, async ({ studio }) => {
      await open(studio, await projectOf("spin1-trap"));
      const failed = await told(studio, path);
      expect([failed.status, failed.text]).toEqual([500, ""]);
      expect(failed.failure?.code).toBe("instance-failed");
      expect(failed.lines.at(-1)).toMatch(reason);
      expect((await told(studio, "/")).text).toBe("well");
    });
  }
}

shared("many requests at once each have an instance of their own", async ({ studio }) => {
  const page = await client(studio, await run(studio, "spin1-hosts"));
  const texts = await page.evaluate(async () => {
    const asked = Array.from({ length: 12 }, async (_, index) => {
      const response = await fetch(index % 3 === 0 ? "/http" : `/number-${index}`, {
        method: "POST",
        body: `body ${index}`,
      });
      return response.text();
    });
    return Promise.all(asked);
  });
  expect(texts[7]).toBe("/number-7 got body 7");
  expect(texts[9]).toContain("/echo?inner got the body");
});

shared("a module that never gives way is ended, and its worker replaced", async ({ studio }) => {
  await run(studio, "spin1-trap");
  await studio.evaluate(() => playground.configure({ requestDeadlineMs: 1_000 }));
  const status = await studio.evaluate(async () => (await playground.request("/loop")).status);
  expect([502, 504]).toContain(status);
  expect((await told(studio, "/")).text).toBe("well");
});

shared("a command waits, prints much, and reads its mount", async ({ studio }) => {
  const page = await client(studio, await run(studio, "wagi-stream"));
  const { text } = await ask(page, "/base/?2000&30");
  expect([text.length, text.split("\n").length]).toEqual([2000 * 1024, 2001]);
  const files = await client(studio, await run(studio, "wagi-files"));
  expect((await ask(files, "/base/page.txt")).text).toBe("first line\nlast|11");
  expect((await ask(files, "/base/sub/inner.txt")).text).toBe("inner|1");
});

shared("a command that prints nothing, or fails, is said to", async ({ studio }) => {
  await run(studio, "wagi-end");
  const silent = await told(studio, "/base/?silent");
  expect([silent.status, silent.text]).toEqual([500, ""]);
  expect(silent.lines.at(-1)).toContain("is configured to use the WAGI executor but did not write to stdout");
  expect(await told(studio, "/base/?exit1")).toMatchObject({
    status: 500,
    lines: expect.arrayContaining(["stderr: ending by exit1"]),
  });
  expect(await told(studio, "/base/?exit0")).toMatchObject({ status: 418, text: "printed before the end\n" });
});

shared(
  "a command without the executor, and the executor without a command, are refused at the start",
  async ({ studio }) => {
    const without = await run(studio, "wagi-env", (toml) => toml.replace('executor = { type = "wagi" }\n', ""));
    expect(without).toContain("Expected component to export one of `wasi:http/incoming-handler@0.2.0-rc-2023-10-18`");
    expect(without).toContain("It exported `_start`.");
    const wrong = await run(studio, "spin1-echo", (toml) =>
      toml.replace('route = "/..."', 'route = "/..."\nexecutor = { type = "wagi" }'),
    );
    expect(wrong).toContain("failed to find wasi command interface for wagi executor");
  },
);

test("a module answers after a reload", async ({ studio }) => {
  const page = await client(studio, await run(studio, "spin1-echo"));
  await studio.reload();
  await openStudio(studio);
  expect((await ask(page, "/again")).text).toContain("uri /again\n");
});
