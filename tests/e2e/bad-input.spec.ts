import type { Page } from "@playwright/test";
import { expect, test } from "./workbench.ts";
import { listener, project } from "./projects.ts";

const good = listener(`return new Response("good");`);

/** Opens an application that works, so that a test can break it. */
async function openGood(studio: Page, component = `key_value_stores = ["default"]`): Promise<void> {
  await studio.evaluate(
    async (sources) => {
      await playground.open(sources);
      await playground.up();
    },
    project(good, { component }),
  );
}

/** Writes a file and returns what the studio says once it has settled, and what the application answers. */
async function write(studio: Page, path: string, content: string) {
  return studio.evaluate(
    async ([file, text]) => {
      await playground.write(file, text);
      const { running, diagnostics } = await playground.settled();
      return { running, diagnostics, answer: await (await playground.request("/")).text() };
    },
    [path, content] as const,
  );
}

test("a syntax error is shown at its place, and the last good build runs on", async ({ studio }) => {
  await openGood(studio);
  const { running, diagnostics, answer } = await write(studio, "src/index.ts", `const x = ;\n${good}`);
  expect({ running, answer }).toEqual({ running: true, answer: "good" });
  expect(diagnostics).toContainEqual(
    expect.objectContaining({ severity: "error", file: "src/index.ts", line: 1, column: 11 }),
  );
  const mended = await write(studio, "src/index.ts", listener(`return new Response("mended");`));
  expect(mended).toMatchObject({ running: true, diagnostics: [], answer: "mended" });
});

test("a throw at the top level names the person's file and line", async ({ studio }) => {
  await openGood(studio);
  const { diagnostics, answer } = await write(
    studio,
    "src/index.ts",
    `${good}\n\nthrow new Error("boom at the top");\n`,
  );
  expect(answer).toBe("good");
  const line = good.split("\n").length + 2;
  expect(diagnostics).toContainEqual(
    expect.objectContaining({
      severity: "error",
      file: "src/index.ts",
      line,
      message: expect.stringContaining("boom at the top"),
    }),
  );
});

test("what the engine cannot do at the top level is said in plain words", async ({ studio }) => {
  await openGood(studio);
  const random = await write(studio, "src/index.ts", `export const n = Math.random();\n${good}`);
  expect(random.diagnostics).toContainEqual(
    expect.objectContaining({ severity: "error", message: expect.stringMatching(/random/i) }),
  );
  const fetching = await write(studio, "src/index.ts", `await fetch("https://example.com/");\n${good}`);
  expect(fetching.diagnostics).toContainEqual(
    expect.objectContaining({ severity: "error", message: expect.stringMatching(/fetch/) }),
  );
  const opening = await write(
    studio,
    "src/index.ts",
    `import * as Kv from "@spinframework/spin-kv";\nKv.openDefault();\n${good}`,
  );
  expect(opening.diagnostics).toContainEqual(
    expect.objectContaining({ severity: "error", message: expect.stringMatching(/store|key-value/i) }),
  );
  expect(opening.answer).toBe("good");
});

test("a missing import names the place and what there is", async ({ studio }) => {
  await openGood(studio);
  const { diagnostics, answer } = await write(
    studio,
    "src/index.ts",
    `import x from "left-pad";\nconsole.log(x);\n${good}`,
  );
  expect(answer).toBe("good");
  expect(diagnostics).toContainEqual(
    expect.objectContaining({
      severity: "error",
      file: "src/index.ts",
      line: 1,
      message: expect.stringMatching(/left-pad[\s\S]*hono/),
    }),
  );
});

test("broken TOML is refused with its position", async ({ studio }) => {
  await openGood(studio);
  const manifest = project(good)["spin.toml"] ?? "";
  const { diagnostics, answer } = await write(studio, "spin.toml", manifest.replace('name = "test-app"', "name = "));
  expect(answer).toBe("good");
  expect(diagnostics).toContainEqual(expect.objectContaining({ severity: "error", file: "spin.toml", line: 4 }));
});

test("a label that nothing backs is refused as Spin refuses it", async ({ studio }) => {
  await openGood(studio);
  const manifest = project(good, { component: `key_value_stores = ["cache"]` })["spin.toml"] ?? "";
  const { diagnostics, answer } = await write(studio, "spin.toml", manifest);
  expect(answer).toBe("good");
  expect(diagnostics).toContainEqual(
    expect.objectContaining({
      file: "spin.toml",
      line: 13,
      message: expect.stringContaining('unknown key_value_stores label "cache" for component "main"'),
    }),
  );
});

test("a store that the manifest does not grant is denied to the guest", async ({ studio }) => {
  const source = listener(
    `try { Kv.open("secrets"); return new Response("opened"); } catch (error) { return new Response(JSON.stringify((error as { payload: unknown }).payload)); }`,
    `import * as Kv from "@spinframework/spin-kv";`,
  );
  await openGood(studio);
  expect((await write(studio, "src/index.ts", source)).answer).toBe('{"tag":"access-denied"}');
});

test("a throw in the handler is a 500 whose reason is in the log, and the next request is served", async ({
  studio,
}) => {
  await openGood(studio);
  await write(
    studio,
    "src/index.ts",
    listener(`if (url.pathname === "/bad") throw new Error("handler broke"); return new Response("fine");`),
  );
  const result = await studio.evaluate(async () => {
    const bad = await playground.request("/bad");
    const body = await bad.text();
    const fine = await (await playground.request("/fine")).text();
    const logs = await playground.logs();
    const { failure } = await playground.trace(bad.headers.get("spin-playground-request-id") ?? "");
    return { status: bad.status, body, failure, fine, logs: logs.map(({ text }) => text) };
  });
  expect(result).toMatchObject({ status: 500, body: "", fine: "fine" });
  expect(result.failure).toEqual({ code: "instance-failed", message: "The handler threw: handler broke" });
  expect(result.logs.join("\n")).toContain("handler broke");
});

test("a handler that waits for ever is ended at the deadline", async ({ studio }) => {
  await openGood(studio);
  const source = listener(
    `if (url.pathname === "/wait") await new Promise((resolve) => setTimeout(resolve, 3_600_000)); return new Response("fine");`,
  );
  await write(studio, "src/index.ts", source);
  const result = await studio.evaluate(async () => {
    await playground.configure({ requestDeadlineMs: 1_000 });
    const response = await playground.request("/wait");
    return { status: response.status, text: await response.text(), fine: await (await playground.request("/")).text() };
  });
  expect(result).toMatchObject({ status: 504, fine: "fine" });
  expect(result.text).toContain("did not answer within 1 s");
});

test("a handler that computes for ever is ended, and the application goes on", async ({ studio }) => {
  await openGood(studio);
  await write(studio, "src/index.ts", listener(`if (url.pathname === "/spin") for (;;); return new Response("fine");`));
  const result = await studio.evaluate(async () => {
    await playground.configure({ requestDeadlineMs: 1_000 });
    const spinning = playground.request("/spin");
    const meanwhile = await (await playground.request("/")).text();
    const response = await spinning;
    return {
      meanwhile,
      status: response.status,
      text: await response.text(),
      after: await (await playground.request("/")).text(),
    };
  });
  expect(result).toMatchObject({ meanwhile: "fine", status: 502, after: "fine" });
  expect(result.text).toContain("computed for more than 1 s");
});

test("a denied host reaches the guest as an error and the log with the line to add", async ({ studio }) => {
  await openGood(studio);
  const source = listener(
    `try { await fetch("https://api.example.com/data"); return new Response("sent"); } catch (error) { return new Response("refused: " + error); }`,
  );
  const { answer } = await write(studio, "src/index.ts", source);
  expect(answer).toMatch(/^refused/);
  const logs = await studio.evaluate(async () => (await playground.logs()).map(({ text }) => text).join("\n"));
  expect(logs).toContain(`allowed_outbound_hosts = ["https://api.example.com"]`);
});

test("a build under way is dropped when a newer edit comes", async ({ studio }) => {
  await openGood(studio);
  const result = await studio.evaluate(
    async (sources) => {
      for (const source of sources) void playground.write("src/index.ts", source);
      await playground.settled();
      return (await playground.request("/")).text();
    },
    [1, 2, 3, 4].map((version) => listener(`return new Response("version ${version}");`)),
  );
  expect(result).toBe("version 4");
});

test("mocks answer before the network does", async ({ studio }) => {
  const rules = [{ url: "https://api.example.com/users/:id", headers: { "x-mocked": "yes" }, body: { name: "Ada" } }];
  const source = listener(`const reply = await fetch("https://api.example.com/users/7");
  return new Response(reply.headers.get("x-mocked") + " " + (await reply.text()));`);
  const text = await studio.evaluate(
    async (sources) => {
      await playground.open(sources);
      await playground.up();
      return (await playground.request("/")).text();
    },
    project(source, {
      component: `allowed_outbound_hosts = ["https://api.example.com"]`,
      files: { "mocks.json": JSON.stringify(rules) },
    }),
  );
  expect(text).toBe('yes {"name":"Ada"}');
});
