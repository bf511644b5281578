import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expect, openStudio, test } from "./fixtures.ts";
import { test as shared } from "./workbench.ts";
import { listener, project } from "./projects.ts";

/** A manifest of one component, `main`, with these TOML lines in its section. */
const manifest = (section: string): string => `spin_manifest_version = 2

[application]
name = "test-app"

[[trigger.http]]
route = "/..."
component = "main"

[component.main]
${section}
`;

/** The Wasm of a component that answers with this text, built in the tab. */
async function componentSaying(studio: Page, text: string): Promise<Buffer> {
  const base64 = await studio.evaluate(
    async (files) => {
      await playground.open(files);
      await playground.up();
      const wasm = (await playground.files())["dist/main.wasm"] ?? new Uint8Array();
      return new Promise<string>((resolve) => {
        const reader = new FileReader();
        reader.addEventListener("load", () => resolve((reader.result as string).split(",")[1] ?? ""));
        reader.readAsDataURL(new Blob([new Uint8Array(wasm)]));
      });
    },
    project(listener(`return new Response(${JSON.stringify(text)});`)),
  );
  return Buffer.from(base64, "base64");
}

/** A server on a port of its own, and the way to end it. */
async function serve(answer: RequestListener): Promise<{ url: string; close: () => Promise<unknown> }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/main.wasm`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What the newest round found, once the manifest is this. */
const findings = (studio: Page, text: string) =>
  studio.evaluate(async (toml) => {
    await playground.open({ "spin.toml": toml });
    return (await playground.settled()).diagnostics;
  }, text);
const answer = (studio: Page): Promise<string> =>
  studio.evaluate(async () => {
    await playground.up();
    return (await playground.request("/")).text();
  });

test("a component comes from a URL, is checked against its digest, and is there after a reload without the server", async ({
  studio,
}) => {
  const wasm = await componentSaying(studio, "from afar");
  const digest = `sha256:${createHash("sha256").update(wasm).digest("hex")}`;
  let asked = 0;
  const server = await serve((_request, response) => {
    asked += 1;
    response.writeHead(200, { "access-control-allow-origin": "*", "content-length": wasm.length }).end(wasm);
  });
  try {
    const source = (expected: string): string => manifest(`source = { url = "${server.url}", digest = "${expected}" }`);
    const wrong = `sha256:${"0".repeat(64)}`;
    expect(await findings(studio, source(wrong))).toMatchObject([
      {
        severity: "error",
        code: "component-unavailable",
        message: expect.stringContaining(`invalid content digest; expected ${wrong}, downloaded ${digest}`),
        file: "spin.toml",
        line: 11,
      },
    ]);
    expect(await findings(studio, source(digest))).toEqual([]);
    expect(await answer(studio)).toBe("from afar");
    expect(asked).toBe(2);
  } finally {
    await server.close();
  }
  await openStudio(studio);
  await studio.evaluate(() => playground.settled());
  expect(await answer(studio)).toBe("from afar");
});

shared("a server that does not allow other origins is named as that, in the studio too", async ({ studio }) => {
  const server = await serve((_request, response) => response.end("wasm"));
  try {
    const digest = `sha256:${"1".repeat(64)}`;
    const [finding] = await findings(studio, manifest(`source = { url = "${server.url}", digest = "${digest}" }`));
    expect(finding).toMatchObject({ severity: "error", code: "component-unavailable", line: 11 });
    expect(finding?.message).toContain("does not allow requests from other origins (CORS)");
    await studio.getByRole("tab", { name: /Problems/ }).click();
    await expect(studio.getByText("does not allow requests from other origins (CORS)").first()).toBeVisible();
  } finally {
    await server.close();
  }
});

shared(
  "what the tab cannot get or compose is right in the manifest, and refused at its place when it is to run",
  async ({ studio }) => {
    const registry = manifest(`source = { package = "fermyon:hello", version = "1.0.0" }`);
    expect(await findings(studio, registry)).toMatchObject([
      { code: "component-missing", line: 11, message: expect.stringContaining("fermyon:hello@1.0.0") },
    ]);
    expect(await studio.evaluate(() => playground.check())).toHaveProperty("lockedApp");

    const composed = manifest(`source = "main.wasm"\n[component.main.dependencies]\n"aws:client" = "1.0.0"`);
    expect(await findings(studio, composed)).toMatchObject([
      { code: "component-invalid", line: 13, message: expect.stringContaining('"aws:client"') },
    ]);
    expect(await studio.evaluate(() => playground.check())).toMatchObject({
      lockedApp: { components: [{ dependencies: { "aws:client": "1.0.0" } }] },
    });
    const failure = await studio.evaluate(() => playground.up().catch((error: { code: string }) => error.code));
    expect(failure).toBe("component-invalid");
  },
);
