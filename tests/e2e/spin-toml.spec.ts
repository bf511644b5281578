/** The manifest in the editor: completion, hover, markers and quick fixes, as a person meets them. */
import type { Page } from "@playwright/test";
import { expect, test } from "./workbench.ts";
import { listener, project } from "./projects.ts";
import { editor, file } from "./studio-page.ts";

const answer = (text: string): string => listener(`return new Response("${text} " + url.pathname);`);

/** Opens an application whose component has these lines, and shows its manifest. */
async function openManifest(page: Page, lines: string, source = answer("v1"), more = ""): Promise<void> {
  const files = project(source, { component: lines });
  files["spin.toml"] += more;
  await page.evaluate(async (sources) => {
    await playground.open(sources);
    await playground.settled();
  }, files);
  await file(page, "spin.toml").click();
  await textbox(page).focus();
}

const textbox = (page: Page) => editor(page).getByRole("textbox", { name: /spin\.toml/ });
const manifest = (page: Page): Promise<string> =>
  page.evaluate(async () => new TextDecoder().decode((await playground.files())["spin.toml"]));
const problems = (page: Page) => page.getByRole("list", { name: "Problems" });

/** Puts the cursor behind the first line that has the text. */
async function putCursorBehind(page: Page, text: string): Promise<void> {
  await editor(page).locator(".view-line", { hasText: text }).first().click();
  await page.keyboard.press("End");
}

/** Goes to a problem by its row, opens the menu of fixes there and takes one. */
async function takeFix(page: Page, problem: RegExp, title: string): Promise<void> {
  await page.getByRole("tab", { name: /Problems/ }).click();
  await problems(page).getByRole("button", { name: problem }).first().click();
  await expect(textbox(page)).toBeFocused();
  await page.keyboard.press("ControlOrMeta+.");
  const entry = page.locator(".action-widget").getByText(title, { exact: true });
  await expect(entry).toBeVisible();
  await entry.click();
}

test("a field is completed, and then its value", async ({ studio }) => {
  await openManifest(studio, "");
  await putCursorBehind(studio, "dist/main.wasm");
  await studio.keyboard.press("Enter");
  await studio.keyboard.type("key_v");
  const suggestions = studio.locator(".suggest-widget");
  await expect(suggestions.getByRole("option", { name: /key_value_stores/ })).toBeVisible();
  await studio.keyboard.press("Enter");
  const store = suggestions.getByRole("option", { name: /^default/ });
  await expect(store).toBeVisible();
  await store.click();
  await expect.poll(() => manifest(studio)).toContain('source = "dist/main.wasm"\nkey_value_stores = ["default"]\n');
  // What was completed is what the application now runs with.
  expect(await studio.evaluate(() => playground.check())).toMatchObject({
    lockedApp: { components: [{ metadata: { key_value_stores: ["default"] } }] },
  });
});

test("the header of a component that a trigger names is offered", async ({ studio }) => {
  await openManifest(studio, "", answer("v1"), `\n[[trigger.http]]\nroute = "/cart/..."\ncomponent = "cart"\n`);
  await studio.keyboard.press("ControlOrMeta+End");
  await studio.keyboard.type("[comp");
  // The first in the list is what Enter takes.
  const first = studio.locator(".suggest-widget").getByRole("option").first();
  await expect(first).toHaveAccessibleName(/\[component\.cart\]/);
  await studio.keyboard.press("Enter");
  await expect.poll(() => manifest(studio)).toContain('[component.cart]\nsource = "dist/cart.wasm"\n');
});

test("a field says what it is for", async ({ studio }) => {
  await openManifest(studio, `allowed_http_hosts = []`);
  await editor(studio).getByText("allowed_http_hosts").first().hover();
  const hover = studio.locator(".monaco-hover").filter({ hasText: "Deprecated" });
  await expect(hover).toContainText("HTTP hosts the component may call.");
  await expect(hover).toContainText("Write allowed_outbound_hosts instead.");
});

test("the runtime config is completed and explained too", async ({ studio }) => {
  await studio.evaluate(
    async (sources) => {
      await playground.open(sources);
      await playground.settled();
    },
    project(answer("v1"), { files: { "runtime-config.toml": "" } }),
  );
  await file(studio, "runtime-config.toml").click();
  await editor(studio)
    .getByRole("textbox", { name: /runtime-config\.toml/ })
    .focus();
  await studio.keyboard.type("[key");
  const first = studio.locator(".suggest-widget").getByRole("option").first();
  await expect(first).toHaveAccessibleName(/\[key_value_store\.<label>\] spin/);
  await studio.keyboard.press("Enter");
  await expect(editor(studio)).toContainText("[key_value_store.default]");
  await editor(studio).getByText("key_value_store").first().hover();
  await expect(studio.locator(".monaco-hover").filter({ hasText: "What backs a label" })).toBeVisible();
});

test("a fault is marked while the person types, although nothing runs by itself", async ({ studio }) => {
  await openManifest(studio, "");
  await studio.evaluate(() => playground.configure({ autoRun: false }));
  await putCursorBehind(studio, "dist/main.wasm");
  await studio.keyboard.press("Enter");
  await studio.keyboard.insertText('sqlite_databse = ["default"]');
  await expect(editor(studio).locator(".squiggly-error")).toBeVisible();
  await expect(editor(studio)).toContainText("unknown field `sqlite_databse`");
  await studio.keyboard.press("Shift+Home");
  await studio.keyboard.press("Delete");
  await expect(editor(studio).locator(".squiggly-error")).toHaveCount(0);
  // The application is the one from before all the while.
  expect(await studio.evaluate(async () => (await playground.request("/a")).text())).toBe("v1 /a");
});

const editorFixes: [name: string, lines: string, problem: RegExp, fix: string, expected: string][] = [
  [
    "a field with a wrong name",
    `key_value_store = ["default"] # shared`,
    /unknown field/,
    "Rename to key_value_stores",
    `key_value_stores = ["default"] # shared`,
  ],
  [
    "a store that nothing backs",
    `key_value_stores = ["default", "nothing"]`,
    /unknown key_value_stores label/,
    'Remove "nothing" from key_value_stores',
    `key_value_stores = ["default"]`,
  ],
  [
    "the old list of hosts",
    `allowed_http_hosts = ["a.example"] # one`,
    /deprecated field/,
    "Write allowed_outbound_hosts",
    `allowed_outbound_hosts = ["http://a.example", "https://a.example"] # one`,
  ],
];
for (const [name, lines, problem, fix, expected] of editorFixes) {
  test(`the editor mends ${name}`, async ({ studio }) => {
    await openManifest(studio, lines);
    const before = await manifest(studio);
    await takeFix(studio, problem, fix);
    await expect.poll(() => manifest(studio)).toBe(before.replace(lines, expected));
    expect((await studio.evaluate(() => playground.settled())).diagnostics).toEqual([]);
  });
}

test("the editor takes a trigger out whose route another has, or gives it one", async ({ studio }) => {
  const second = `\n[[trigger.http]]\nroute = "/..."\ncomponent = "main"\n`;
  await openManifest(studio, "", answer("v1"), second);
  const before = await manifest(studio);
  await takeFix(studio, /duplicates/, 'Give it the route "/main/..."');
  await expect.poll(() => manifest(studio)).toBe(before.replace('"/..."', '"/main/..."'));
  await textbox(studio).focus();
  await studio.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => manifest(studio)).toBe(before);
  await takeFix(studio, /duplicates/, "Remove this trigger, which is never used");
  await expect.poll(() => manifest(studio)).toBe(before.replace(`${second.slice(1)}\n`, ""));
  expect((await studio.evaluate(() => playground.settled())).diagnostics).toEqual([]);
});

test("a host that was denied is allowed from the log, and then from nowhere any more", async ({ studio }) => {
  const source = listener(
    `try { await fetch("https://a.example/x"); return new Response("sent"); } catch { return new Response("refused"); }`,
  );
  await openManifest(studio, `allowed_outbound_hosts = [] # none yet`, source);
  await studio.evaluate(async () => (await playground.request("/")).text());
  await studio.getByRole("tab", { name: /Log/ }).click();
  const fix = studio
    .getByRole("log")
    .getByRole("button", { name: 'Fix: Add "https://a.example" to allowed_outbound_hosts of main' });
  await fix.first().click();
  await expect.poll(() => manifest(studio)).toContain(`allowed_outbound_hosts = ["https://a.example"] # none yet`);
  await expect(studio.getByRole("button", { name: /^Fix:/ })).toHaveCount(0);
});

test("a store that a guest was denied is listed from the problems, and then the guest has it", async ({ studio }) => {
  const source = listener(
    `try { openDefault().set("k", "v"); return new Response("opened"); } catch { return new Response("refused"); }`,
    `import { openDefault } from "@spinframework/spin-kv";`,
  );
  await openManifest(studio, "", source);
  const ask = () => studio.evaluate(async () => (await playground.request("/")).text());
  expect(await ask()).toBe("refused");
  expect(await studio.evaluate(async () => (await playground.logs()).map(({ text }) => text))).toContain(
    "Key-value store not allowed: default",
  );
  await studio.getByRole("tab", { name: /Problems/ }).click();
  const row = studio.getByRole("listitem").filter({ hasText: 'was denied the key-value store "default"' });
  await row.getByRole("button", { name: 'Fix: Add "default" to key_value_stores of main' }).click();
  await expect.poll(() => manifest(studio)).toContain(`key_value_stores = ["default"]`);
  await studio.evaluate(() => playground.settled());
  await expect.poll(ask).toBe("opened");
});
