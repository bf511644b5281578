import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Locator, Page } from "@playwright/test";
import { expect, openStudio, test } from "./fixtures.ts";
import { test as shared } from "./workbench.ts";
import { listener, project } from "./projects.ts";
import { editor, preview, status } from "./studio-page.ts";

/** Answers with what its variables say, or with the error that reading one gives, which the SDK keeps to itself. */
const source = listener(
  `const read = (name: string): string => {
    try { return get(name); } catch (error) { return JSON.stringify((error as { payload?: unknown }).payload); }
  };
  return new Response(read("greeting") + " / " + read("token"), { headers: { "content-type": "text/plain" } });`,
  `import { get } from "fermyon:spin/variables@2.0.0";`,
);

/** An application with a variable that has a default and a secret one that is required. */
function withVariables(files: Record<string, string> = {}): Record<string, string> {
  const component = `[component.main.variables]\ngreeting = "{{ greeting }}!"\ntoken = "{{ api_token }}"`;
  const made = project(source, { component, files });
  const declared = `[variables]
greeting = { default = "hello", description = "What it says first." }
api_token = { required = true, secret = true, description = "The key of the API." }
`;
  return { ...made, "spin.toml": `${made["spin.toml"]}\n${declared}` };
}

const open = (page: Page, files: Record<string, string>): Promise<void> =>
  page.evaluate((sources) => playground.open(sources), files);
const set = (page: Page, name: string, value: string | undefined): Promise<void> =>
  page.evaluate(([variable, text]) => playground.setVariable(variable, text), [name, value] as const);
const settled = (page: Page) => page.evaluate(() => playground.settled());
const answer = (page: Page): Promise<string> => page.evaluate(async () => (await playground.request("/")).text());
const panel = (page: Page): Locator => page.getByRole("region", { name: "Variables" });
const field = (page: Page, name: string): Locator => panel(page).getByRole("textbox", { name: `Value of ${name}` });
/** A password field has no role. */
const masked = (page: Page, name: string): Locator => panel(page).getByLabel(`Value of ${name}`, { exact: true });

shared(
  "required variables are asked for before the start, and a change takes effect at once",
  async ({ studio: page }) => {
    await open(page, withVariables());
    await expect(status(page)).toHaveText("Not running: 1 error");
    await expect(page.getByRole("tab", { name: "Variables" })).toHaveAttribute("aria-selected", "true");
    const refused = await page.evaluate(() =>
      playground.up().then(
        () => undefined,
        ({ code, message, diagnostics }) => ({ code, message, diagnostics }),
      ),
    );
    expect(refused).toMatchObject({
      code: "variables-missing",
      message: 'no provider resolved required variable(s): ["api_token"]',
      diagnostics: [{ file: "spin.toml", severity: "error", code: "missing-variable", line: 23, column: 1 }],
    });

    // The field has the focus: a person types, and presses Enter.
    await expect(masked(page, "api_token")).toBeFocused();
    await page.keyboard.type("s3cret");
    await page.keyboard.press("Enter");
    await expect(preview(page).locator("body")).toHaveText("hello! / s3cret", { timeout: 60_000 });
    await expect(status(page)).toHaveText("Running");
    await expect(masked(page, "api_token")).toBeFocused();

    await field(page, "greeting").fill("good day");
    await field(page, "greeting").press("Tab");
    await expect(preview(page).locator("body")).toHaveText("good day! / s3cret");

    await panel(page).getByRole("button", { name: "Clear the value of greeting, back to its default" }).click();
    await expect(preview(page).locator("body")).toHaveText("hello! / s3cret");
    await expect(field(page, "greeting")).toHaveValue("");
    await expect(panel(page).getByText("It has the default, hello.")).toBeVisible();

    // Without its value the next start is refused, and the last good application goes on.
    await panel(page).getByRole("button", { name: "Clear the value of api_token" }).click();
    await expect(status(page)).toHaveText("Last good build: 1 error");
    expect(await answer(page)).toBe("hello! / s3cret");
    await page.getByRole("region", { name: "Preview" }).getByRole("button", { name: "Give values" }).click();
    await expect(masked(page, "api_token")).toBeFocused();
  },
);

test("secrets are masked, described, and stay in this browser", async ({ page }) => {
  await openStudio(page);
  await open(page, withVariables());
  await set(page, "api_token", "s3cret");
  expect(await settled(page)).toMatchObject({ running: true });
  await page.getByRole("tab", { name: "Variables" }).click();
  const secret = masked(page, "api_token");
  await expect(secret).toHaveAttribute("type", "password");
  await expect(secret).toHaveAccessibleDescription(/The key of the API\..*Used by main\./);
  await expect(panel(page).getByRole("listitem").filter({ hasText: "api_token" })).toContainText("requiredsecret");
  await panel(page).getByRole("button", { name: "Show the value of api_token" }).click();
  await expect(field(page, "api_token")).toHaveValue("s3cret");
  await panel(page).getByRole("button", { name: "Hide the value of api_token" }).click();
  await expect(secret).toHaveAttribute("type", "password");
  // Escape takes an edit back.
  await field(page, "greeting").fill("never");
  await field(page, "greeting").press("Escape");
  await expect(field(page, "greeting")).toHaveValue("");

  await page.reload();
  await page.waitForFunction(() => "playground" in window);
  await expect(preview(page).locator("body")).toHaveText("hello! / s3cret");
  expect(
    await page.evaluate(async () => (await playground.variables()).map(({ name, value }) => [name, value])),
  ).toEqual([
    ["greeting", undefined],
    ["api_token", "s3cret"],
  ]);
  const files = await page.evaluate(async () =>
    Object.values(await playground.files()).map((bytes) => new TextDecoder().decode(bytes)),
  );
  expect(files.join("\n")).not.toContain("s3cret");
});

shared("somebody who edits the manifest keeps the focus", async ({ studio: page }) => {
  await open(page, withVariables());
  await set(page, "api_token", "s3cret");
  await expect(preview(page).locator("body")).toHaveText("hello! / s3cret", { timeout: 60_000 });
  await page.getByRole("tab", { name: "Log" }).click();
  await page.getByRole("treeitem", { name: "spin.toml" }).click();
  const textbox = editor(page).getByRole("textbox", { name: /spin\.toml/ });
  await textbox.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("other = { required = true }");
  await expect(panel(page).getByRole("status")).toContainText("required variables have values: other");
  await expect(textbox).toBeFocused();
  // The command is another thing: the person wants it to start.
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(masked(page, "other")).toBeFocused();
});

test("a page without a studio does not get secrets out of the browser, and says why it does not run", async ({
  page,
  context,
}) => {
  await openStudio(page);
  await open(page, withVariables());
  await set(page, "api_token", "s3cret");
  await settled(page);
  const { url } = await page.evaluate(() => playground.up());
  const tab = await context.newPage();
  await tab.goto(url);
  await expect(tab.locator("body")).toHaveText("hello! / s3cret");
  // What the application's own pages could read.
  const stored = () =>
    tab.evaluate(async () => {
      const texts: string[] = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const { url: address } of await cache.keys()) {
          if (address.endsWith("/deployment")) texts.push((await (await cache.match(address))?.text()) ?? "");
        }
      }
      return texts.join("\n");
    });
  await expect.poll(stored).toContain('the secret variable \\"api_token\\"');
  expect(await stored()).not.toContain("s3cret");
  await page.close();
  const application = tab.frameLocator('iframe[title="The application"]');
  // The engine's page outlives the studio for a moment, and answers as before.
  await expect(async () => {
    await tab.goto(url);
    const said = application.getByText(/alone keeps the secret variable "api_token"\. Open it in the studio/);
    await expect(said).toBeVisible({ timeout: 3_000 });
  }).toPass();
});

const staticConfig = `[[variables_provider]]
type = "static"
values = { api_token = "from the file" }
`;

shared("a static provider of the runtime config gives values, before those of the panel", async ({ studio: page }) => {
  await open(page, withVariables({ "runtime-config.toml": staticConfig }));
  expect(await settled(page)).toEqual({ running: true, diagnostics: [] });
  expect(await answer(page)).toBe("hello! / from the file");
  await set(page, "api_token", "from the panel");
  await settled(page);
  expect(await answer(page)).toBe("hello! / from the file");
  await page.getByRole("tab", { name: "Variables" }).click();
  await expect(panel(page).getByText("runtime-config.toml gives its value")).toBeVisible();
  await page.evaluate(() => playground.remove("runtime-config.toml"));
  await settled(page);
  expect(await answer(page)).toBe("hello! / from the panel");

  await page.evaluate(() => playground.write("runtime-config.toml", "stat_dir = '.'"));
  expect(await settled(page)).toMatchObject({
    diagnostics: [
      { message: "unused runtime config key(s): stat_dir", file: "runtime-config.toml", line: 1, severity: "error" },
    ],
  });
});

test("a key-value store of the runtime config is backed", async ({ page }) => {
  await openStudio(page);
  const kv = listener(
    `const store = Kv.open("cache");
  store.set("a", "1");
  return new Response(new TextDecoder().decode(store.get("a") ?? new Uint8Array()));`,
    `import * as Kv from "@spinframework/spin-kv";`,
  );
  const files = project(kv, { component: 'key_value_stores = ["cache"]' });
  await open(page, files);
  expect(await settled(page)).toMatchObject({ running: false, diagnostics: [{ code: "unknown-store" }] });
  await page.evaluate(() => playground.write("runtime-config.toml", '[key_value_store.cache]\ntype = "spin"'));
  expect(await settled(page)).toEqual({ running: true, diagnostics: [] });
  expect(await answer(page)).toBe("1");
});

/** A Vault with these secrets, while `use` runs; `cors` are its headers for other origins. */
async function withVault<T>(
  cors: Record<string, string>,
  use: (vault: { origin: string; config: string; asked: string[] }) => Promise<T>,
): Promise<T> {
  const asked: string[] = [];
  let origin = "";
  const reply = ({ method, url, headers }: IncomingMessage): { status: number; body?: unknown } => {
    if (method === "OPTIONS") return { status: 204 };
    asked.push(`${method} ${url}`);
    if (headers["x-vault-token"] !== "root-token") return { status: 403, body: { errors: ["permission denied"] } };
    if (url === "/v1/secret/data/app/api_host") return { status: 200, body: { data: { data: { value: origin } } } };
    if (url !== "/v1/secret/data/app/api_token") return { status: 404, body: { errors: [] } };
    return { status: 200, body: { data: { data: { value: `vault ${asked.length}` }, metadata: { version: 1 } } } };
  };
  const answerAsVault: RequestListener = (request, response) => {
    const { status: code, body } = reply(request);
    response.writeHead(code, { "content-type": "application/json", ...cors });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  const server = createServer(answerAsVault);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = `[[variables_provider]]
type = "vault"
url = "${origin}"
token = "root-token"
mount = "secret"
prefix = "app"
`;
  try {
    return await use({ origin, config, asked });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
const openToOthers = { "access-control-allow-origin": "*", "access-control-allow-headers": "x-vault-token" };

shared("a Vault is asked at each request, and what it lacks comes from elsewhere", async ({ studio: page }) => {
  await withVault(openToOthers, async ({ config, asked }) => {
    await open(page, withVariables({ "runtime-config.toml": config }));
    // Nobody looks for required variables: the Vault may have them.
    expect(await settled(page)).toEqual({ running: true, diagnostics: [] });
    const before = asked.length;
    const [, first = ""] = /^hello! \/ vault (\d+)$/.exec(await answer(page)) ?? [];
    const [, second = ""] = /^hello! \/ vault (\d+)$/.exec(await answer(page)) ?? [];
    expect(Number(second)).toBeGreaterThan(Number(first));
    expect(asked.slice(before)).toContain("GET /v1/secret/data/app/greeting");
    const outbound = await page.evaluate(async () => {
      const response = await playground.request("/");
      const { spans } = await playground.trace(response.headers.get("spin-playground-request-id") ?? "");
      return spans.filter(({ name }) => name === "outbound").map(({ detail }) => detail);
    });
    expect(outbound).toEqual([
      expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:\d+\/v1\/secret\/data\/app\/greeting \(Vault\) 404$/),
      expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:\d+\/v1\/secret\/data\/app\/api_token \(Vault\) 200$/),
    ]);

    // Its refusals are the guest's error, and the Vault's reason is in the log.
    await page.evaluate(
      (text) => playground.write("runtime-config.toml", text),
      config.replace("root-token", "another"),
    );
    await settled(page);
    expect(await answer(page)).toContain('{"tag":"provider","val":"Failed to retrieve config from Vault"}');
    const log = await page.evaluate(async () => (await playground.logs()).map(({ text }) => text).join("\n"));
    expect(log).toMatch(
      /"greeting" could not be read from the Vault\. GET http.* was answered with 403: permission denied/,
    );
    expect(log).not.toContain("another");
  });
});

shared("allowed hosts follow the values of their variables, those in a Vault too", async ({ studio: page }) => {
  await withVault(openToOthers, async ({ origin, config }) => {
    const asking = listener(
      `try { return new Response(String((await fetch("${origin}/")).status)); } catch { return new Response("denied"); }`,
    );
    const made = project(asking, { component: 'allowed_outbound_hosts = ["{{ api_host }}"]' });
    await open(page, { ...made, "spin.toml": `${made["spin.toml"]}\n[variables]\napi_host = { default = "" }\n` });
    await settled(page);
    expect(await answer(page)).toBe("denied");
    await set(page, "api_host", origin);
    await settled(page);
    // It answers so to whoever has no token.
    expect(await answer(page)).toBe("403");
    await set(page, "api_host", undefined);
    await page.evaluate((text) => playground.write("runtime-config.toml", text), config);
    await settled(page);
    expect(await answer(page)).toBe("403");
  });
});

shared("a Vault that allows no other origins is explained where the person looks", async ({ studio: page }) => {
  await withVault({}, async ({ config }) => {
    await open(page, withVariables({ "runtime-config.toml": config }));
    await settled(page);
    const { text, requestId } = await page.evaluate(async () => {
      const response = await playground.request("/");
      return { text: await response.text(), requestId: response.headers.get("spin-playground-request-id") ?? "" };
    });
    expect(text).toContain('{"tag":"provider","val":"Failed to retrieve config from Vault"}');
    const { url, lines, errors } = await page.evaluate(async (id) => {
      const { spans } = await playground.trace(id);
      return {
        url: (await playground.up()).url,
        lines: (await playground.logs()).filter((line) => line.requestId === id).map((line) => line.text),
        errors: spans.flatMap(({ call }) => (call?.error === undefined ? [] : [call.error])),
      };
    }, requestId);
    const said = lines.find((line) => line.startsWith('The variable "api_token" could not be read from the Vault.'));
    expect(said).toContain("does not allow requests from other origins (CORS)");
    expect(said).toContain(`vault write sys/config/cors enabled=true allowed_origins=${url} ;`);
    expect(errors.join()).toContain("Failed to retrieve config from Vault");
    await page.getByRole("tab", { name: "Log" }).click();
    await expect(
      page
        .getByRole("tabpanel")
        .getByText(/vault write sys\/config\/cors/)
        .first(),
    ).toBeVisible();
  });
});

shared("providers that a tab cannot have are named at their place", async ({ studio: page }) => {
  const env = '[[variables_provider]]\ntype = "env"\n';
  await open(page, withVariables({ "runtime-config.toml": env }));
  await set(page, "api_token", "t");
  expect(await settled(page)).toMatchObject({
    running: true,
    diagnostics: [{ severity: "warning", code: "not-in-a-tab", file: "runtime-config.toml", line: 2 }],
  });
  await page.evaluate(
    (text) => playground.write("runtime-config.toml", text),
    '[[variables_provider]]\ntype = "azure_key_vault"\nvault_url = "https://x"\n',
  );
  expect(await settled(page)).toMatchObject({
    running: true,
    diagnostics: [{ severity: "error", code: "not-in-a-tab", file: "runtime-config.toml", line: 2 }],
  });
});
