import { expect, studioUrl, test } from "./fixtures.ts";
import { test as shared } from "./workbench.ts";
import { application, listener, project } from "./projects.ts";
import {
  editor,
  file,
  notice,
  open,
  openTemplate,
  openText,
  preview,
  sampleAnswers,
  status,
  text,
  type,
} from "./studio-page.ts";

test("what is typed into the editor shows in the preview", async ({ studio }) => {
  await sampleAnswers(studio);
  await expect(status(studio)).toHaveText("Running");
  await type(studio, "src/page.ts", `export const page = (): string => "<h1>Typed by hand</h1>";\n`);
  await expect(preview(studio).getByRole("heading", { name: "Typed by hand" })).toBeVisible();
  await expect(status(studio)).toHaveText(/^Running/);
});

shared(
  "an error stands in the editor, the preview and the problems, and goes when it is mended",
  async ({ studio }) => {
    await openText(studio, "good");
    await type(studio, "src/index.ts", `const broken = ;\n${text("bad")}`);

    await expect(status(studio)).toContainText("Last good build: 1 error");
    await expect(notice(studio)).toContainText("The last good build is shown.");
    await expect(notice(studio)).toContainText('src/index.ts:1:16 Unexpected ";"');
    await expect(editor(studio).getByText('Unexpected ";"')).toBeVisible();
    await expect(preview(studio).locator("body")).toHaveText("good /");

    await file(studio, "spin.toml").click();
    await expect(studio.getByRole("tab", { name: "spin.toml" })).toHaveAttribute("aria-selected", "true");
    await studio.getByRole("tab", { name: "Problems" }).click();
    await studio.getByRole("list", { name: "Problems" }).getByRole("button").click();
    await expect(studio.getByRole("tab", { name: "index.ts" })).toHaveAttribute("aria-selected", "true");

    await type(studio, "src/index.ts", text("mended"));
    await expect(preview(studio).locator("body")).toHaveText("mended /");
    await expect(status(studio)).toHaveText("Running");
    await expect(notice(studio)).toHaveCount(0);
    await expect(editor(studio).getByText('Unexpected ";"')).toHaveCount(0);
    await expect(studio.getByText("No problems in the manifest or the sources.")).toBeVisible();
  },
);

shared("a type error is told, and keeps nothing from running", async ({ studio }) => {
  await openText(studio, "good");
  await type(studio, "src/index.ts", `export const count: string = 1;\n${text("typed")}`);
  await expect(preview(studio).locator("body")).toHaveText("typed /");
  await expect(editor(studio).getByText("Type 'number' is not assignable to type 'string'.")).toBeVisible();
  await expect(status(studio)).toHaveText("Running: 1 type error");
  await expect(notice(studio)).toHaveCount(0);
});

shared("files without import and export have nothing to do with one another", async ({ studio }) => {
  const source = listener(`return new Response("fine");`);
  const files = application({ one: { source, route: `"/..."` }, two: { source, route: "{ private = true }" } });
  await studio.evaluate(
    (opened) => playground.open(opened),
    // A type error of ours shows that the check has run.
    { ...files, "two/src/wrong.ts": `const wrong: number = "";\n` },
  );
  await studio.getByRole("tab", { name: /Problems/ }).click();
  const problems = studio.getByRole("list", { name: "Problems" }).getByRole("listitem");
  await expect(problems).toHaveText([/Type 'string' is not assignable to type 'number'/], { timeout: 60_000 });
});

shared("a wrong spin.toml is told at its line, and leads there from the preview", async ({ studio }) => {
  await openText(studio, "good");
  const manifest = project("")["spin.toml"] ?? "";
  await type(studio, "spin.toml", manifest.replace('name = "test-app"', "name = "));
  await expect(notice(studio)).toContainText("spin.toml:4");
  await file(studio, "index.ts").click();
  await notice(studio).getByRole("button", { name: "Open spin.toml" }).click();
  await expect(editor(studio).getByRole("textbox", { name: /spin\.toml/ })).toBeFocused();

  await type(studio, "spin.toml", manifest);
  await expect(notice(studio)).toHaveCount(0);
});

shared("a denied host leads from the preview to spin.toml", async ({ studio }) => {
  const source = listener(
    `return fetch("https://api.example.com/").then(() => new Response("sent"), () => new Response("refused"));`,
  );
  await open(studio, source, "refused");
  await expect(notice(studio)).toContainText(`allowed_outbound_hosts = ["https://api.example.com"]`);
  await expect(notice(studio).getByRole("button", { name: "Open spin.toml" })).toBeVisible();
});

shared("a request without an answer is explained in place of the page", async ({ studio }) => {
  const source = listener(`if (url.pathname === "/never") await new Promise(() => setTimeout(() => {}, 3_600_000));
  return new Response("fine");`);
  await open(studio, source, "fine");
  await studio.evaluate(() => playground.configure({ requestDeadlineMs: 1_000 }));
  const address = studio.getByLabel("Path to preview");
  await address.fill("/never");
  await address.press("Enter");
  const region = studio.getByRole("region", { name: "Preview" });
  await expect(region.getByRole("alert")).toContainText("did not answer within 1 s");
  await region.getByRole("button", { name: "Show log" }).click();
  await expect(studio.getByRole("log")).toContainText("did not answer within 1 s");

  await address.fill("/");
  await address.press("Enter");
  await expect(preview(studio).locator("body")).toHaveText("fine");
  await expect(region.getByRole("alert")).toHaveCount(0);
});

test("the address bar goes to a path, follows links, and stays there over a rebuild", async ({ studio }) => {
  await sampleAnswers(studio);
  const address = studio.getByLabel("Path to preview");
  await address.fill("any/path");
  await address.press("Enter");
  await expect(preview(studio).getByRole("heading", { name: "1 view of /any/path" })).toBeVisible();
  await preview(studio).getByRole("link", { name: "/about" }).first().click();
  await expect(preview(studio).getByRole("heading", { name: "1 view of /about" })).toBeVisible();
  await expect(address).toHaveValue("/about");

  await type(studio, "src/page.ts", `export const page = (path: string): string => "<h1>Now at " + path + "</h1>";\n`);
  await expect(preview(studio).getByRole("heading", { name: "Now at /about" })).toBeVisible();
  await address.fill("https://example.com/");
  await address.press("Enter");
  await expect(studio.getByText("Not of this application")).toBeVisible();
});

shared("the request panel sends what it is told, once, and shows the whole answer", async ({ studio }) => {
  const source = listener(`console.log("got " + request.method);
  return new Response(JSON.stringify({ method: request.method, sent: request.headers.get("x-sent"), body: await request.text() }),
    { status: 201, headers: { "content-type": "application/json", "x-answer": "yes" } });`);
  await open(studio, source, '{"method":"GET","sent":null,"body":""}');
  await studio.getByRole("tab", { name: "Request", exact: true }).click();
  const panel = studio.getByRole("region", { name: "Request" });
  await panel.getByLabel("Method").selectOption("POST");
  await panel.getByLabel("Path", { exact: true }).fill("/items");
  await panel.getByRole("button", { name: "Header", exact: true }).click();
  await panel.getByLabel("Name of header 1").fill("x sent");
  await expect(panel.getByRole("button", { name: "Send" })).toBeDisabled();
  await panel.getByLabel("Name of header 1").fill("x-sent");
  await panel.getByLabel("Value of header 1").fill("a value");
  await panel.getByLabel("Body", { exact: true }).fill("the body");
  await panel.getByRole("button", { name: "Send" }).click();

  await expect(panel.getByText("201 Created")).toBeVisible();
  await expect(panel.getByText('"sent": "a value"')).toBeVisible();
  await expect(panel.getByText('"body": "the body"')).toBeVisible();
  const times = panel.getByRole("list", { name: "Where the time went" });
  await expect(times).toContainText("instance");
  await expect(times).toContainText("handler");
  await panel.getByRole("button", { name: /^Headers/ }).click();
  await expect(panel.getByRole("row", { name: /x-answer yes/i })).toBeVisible();

  await panel.getByRole("button", { name: "Log", exact: true }).click();
  await expect(studio.getByRole("log")).toHaveText(/got POST/);
  await expect(studio.getByRole("log")).not.toContainText("got GET");
  await studio.getByRole("button", { name: /lines of all requests again/ }).click();
  await expect(studio.getByRole("log")).toContainText("got GET");
  expect((await studio.getByRole("log").innerText()).match(/got POST/g)).toHaveLength(1);
});

shared("the key-value panel follows what the application does, and changes it", async ({ studio }) => {
  await openTemplate(studio, "kv-counter");
  await studio.getByRole("tab", { name: "Key-value" }).click();
  const panel = studio.getByRole("region", { name: "Key-value" });
  await expect(panel.getByRole("option", { name: "views:/ 1" })).toBeVisible();
  await studio.getByRole("button", { name: "Reload the preview" }).click();
  await expect(panel.getByRole("option", { name: "views:/ 2" })).toBeVisible();
  await preview(studio).getByRole("link", { name: "/about" }).click();
  await expect(panel.getByRole("option", { name: "views:/about 1" })).toBeVisible();

  await panel.getByRole("option", { name: "views:/about" }).click();
  await panel.getByRole("button", { name: "Edit the value" }).click();
  await panel.getByLabel("Value of views:/about").fill("41");
  await panel.getByRole("button", { name: "Save" }).click();
  await studio.getByRole("button", { name: "Reload the preview" }).click();
  await expect(preview(studio).getByRole("heading", { name: "42 views of /about" })).toBeVisible();

  await panel.getByRole("button", { name: "Delete the key" }).click();
  await studio.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(panel.getByRole("option", { name: "views:/about" })).toHaveCount(0);
});

test("Stop stops, Run runs, and a reload keeps it so", async ({ studio }) => {
  await openText(studio, "here");
  await studio.getByRole("button", { name: "Stop" }).click();
  await expect(status(studio)).toHaveText("Stopped");
  await expect(studio.getByText("The application is stopped.")).toBeVisible();
  await studio.reload();
  await expect(status(studio)).toHaveText("Stopped");
  await studio.getByRole("banner").getByRole("button", { name: "Run" }).click();
  await expect(preview(studio).locator("body")).toHaveText("here /");
  await expect(status(studio)).toHaveText("Running");
});

test("a reload keeps the files, the open tabs and the running application", async ({ studio }) => {
  await openText(studio, "first");
  await type(studio, "src/index.ts", text("second"));
  await expect(preview(studio).locator("body")).toHaveText("second /");
  await file(studio, "package.json").click();
  await file(studio, "spin.toml").click();
  await expect(studio.getByText("Saving")).toHaveCount(0);
  await studio.reload();
  await expect(preview(studio).locator("body")).toHaveText("second /");
  const tabs = studio.getByRole("tablist", { name: "Open files" }).getByRole("tab");
  await expect(tabs).toHaveText(["index.ts", "package.json", "spin.toml"]);
  await expect(tabs.nth(2)).toHaveAttribute("aria-selected", "true");
  await tabs.nth(0).click();
  await expect(editor(studio)).toContainText("second");
});

test("with auto-run off an edit waits for Run, which the preview and the top bar say", async ({ studio }) => {
  await openText(studio, "before");
  await studio.getByRole("switch", { name: /Auto-run/ }).click();
  await expect(status(studio)).toHaveText("Running");
  await editor(studio)
    .getByRole("textbox", { name: /src\/index\.ts/ })
    .focus();
  await studio.keyboard.press("x");
  await expect(status(studio)).toHaveText("Edited: Run again");
  await expect(notice(studio)).toContainText("The files were edited after this was built: Run again.");
  await studio.keyboard.press("Backspace");
  await expect(status(studio)).toHaveText("Running");
  await expect(notice(studio)).toHaveCount(0);

  await type(studio, "src/index.ts", text("after"));
  await expect(studio.getByText("Saving")).toHaveCount(0);
  await studio.reload();
  await expect(preview(studio).locator("body")).toHaveText("before /");
  await expect(status(studio)).toHaveText("Edited: Run again");
  await notice(studio).getByRole("button", { name: "Run" }).click();
  // The first build of a page waits for the whole toolchain.
  await expect(preview(studio).locator("body")).toHaveText("after /", { timeout: 60_000 });
  await expect(status(studio)).toHaveText("Running");
  await expect(notice(studio)).toHaveCount(0);
});

shared("with auto-run off a failed build says that Run builds again", async ({ studio }) => {
  await openText(studio, "good");
  await studio.getByRole("switch", { name: /Auto-run/ }).click();
  await type(studio, "src/index.ts", `const broken = ;\n${text("bad")}`);
  await notice(studio).getByRole("button", { name: "Run" }).click();
  await expect(notice(studio)).toContainText("The last good build is shown. Run builds again.");
  await expect(status(studio)).toContainText("Last good build");
  await type(studio, "src/index.ts", text("mended"));
  await notice(studio).getByRole("button", { name: "Run" }).click();
  await expect(preview(studio).locator("body")).toHaveText("mended /");
});

shared("with auto-run off, files that a script opens wait for Run too", async ({ studio }) => {
  await studio.evaluate(
    async (files) => {
      await playground.configure({ autoRun: false });
      await playground.open(files);
    },
    project(text("opened")),
  );
  await expect(status(studio)).toHaveText("Stopped");
  await studio.getByRole("region", { name: "Preview" }).getByRole("button", { name: "Run" }).click();
  await expect(preview(studio).locator("body")).toHaveText("opened /");
});

shared("a template takes the place of the workspace when that is confirmed", async ({ studio }) => {
  await openTemplate(studio, "http-ts");
  await expect(preview(studio).getByRole("heading", { name: "Hello, Spin!" })).toBeVisible();
});

shared("nothing that was chosen in one workspace is left in the next", async ({ studio }) => {
  await openText(studio, "one");
  await studio.getByRole("button", { name: "New folder" }).click();
  await studio.getByRole("dialog").getByLabel("Path").fill("empty");
  await studio.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(file(studio, "empty")).toBeVisible();
  await studio.getByRole("tab", { name: "Request", exact: true }).click();
  const panel = studio.getByRole("region", { name: "Request" });
  await panel.getByLabel("Path", { exact: true }).fill("/of/one");
  await panel.getByRole("button", { name: "Send" }).click();
  await panel.getByRole("button", { name: "Log", exact: true }).click();
  await expect(studio.getByRole("button", { name: /lines of all requests again/ })).toBeVisible();

  await openText(studio, "two");
  await expect(file(studio, "spin.toml")).toBeVisible();
  await expect(file(studio, "empty")).toHaveCount(0);
  await expect(studio.getByRole("log")).toContainText("Serving");
  await studio.getByRole("tab", { name: "Request", exact: true }).click();
  await expect(panel.getByLabel("Path", { exact: true })).toHaveValue("/");
});

for (const template of ["kv-counter", "http-ts", "http-js"]) {
  shared(`the template ${template} has no type errors of its own`, async ({ studio }) => {
    await openTemplate(studio, template);
    // A type error of ours shows that the check has run; it is the only finding.
    await studio.evaluate(() => playground.write("src/wrong.ts", `export const wrong: number = "";\n`));
    await studio.getByRole("tab", { name: /Problems/ }).click();
    const problems = studio.getByRole("list", { name: "Problems" }).getByRole("listitem");
    // The compiler starts with the first check of a page.
    await expect(problems).toHaveText([/Type 'string' is not assignable to type 'number'/], { timeout: 60_000 });
  });
}

test("Monaco is not asked for before the first answer shows", async ({ page }) => {
  const answers: number[] = [];
  await page.route(/editor\.api/, async (route) => {
    answers.push(await preview(page).getByRole("heading", { name: "1 view of /" }).count());
    await route.continue();
  });
  await page.goto(studioUrl());
  await sampleAnswers(page);
  expect(answers).toEqual([1]);
});

test("the editor takes over from the plain text, with the focus", async ({ page }) => {
  // Monaco is held back until the plain text was pressed.
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/editor\.api/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(studioUrl());
  const plain = editor(page).getByLabel("src/index.ts, read-only");
  await expect(plain).toContainText("AutoRouter");
  await expect(preview(page).getByRole("heading", { name: /view of/ })).toBeVisible();
  const line = plain.getByText("const router = AutoRouter();");
  const before = await line.boundingBox();
  await line.click();
  release();
  const textbox = editor(page).getByRole("textbox", { name: /src\/index\.ts/ });
  await expect(textbox).toBeFocused();
  // Nothing has moved, whatever pieces the editor has cut the line into by now.
  await expect
    .poll(async () => {
      const after = await editor(page).getByText("const router = AutoRouter();").boundingBox();
      return after && before && [Math.round(after.x - before.x), Math.round((after.y - before.y) / 6)];
    })
    .toEqual([0, 0]);
  await page.keyboard.type("/* typed */");
  await expect(editor(page)).toContainText("/* typed */const router");
});

test.describe("on a narrow screen", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("one part shows at a time, and each leads to the next", async ({ studio }) => {
    const parts = studio.getByRole("tablist", { name: "What the page shows" });
    await parts.getByRole("tab", { name: "Preview" }).click();
    await expect(preview(studio).getByRole("heading", { name: /view of/ })).toBeVisible();
    await parts.getByRole("tab", { name: "Files" }).click();
    await file(studio, "page.ts").click();
    const textbox = editor(studio).getByRole("textbox", { name: /src\/page\.ts/ });
    await expect(textbox).toBeAttached();
    await textbox.focus();
    await studio.keyboard.press("ControlOrMeta+a");
    await studio.keyboard.insertText(`export const page = (): string => "<h1>Small</h1>";\n`);
    await parts.getByRole("tab", { name: "Preview" }).click();
    await expect(preview(studio).getByRole("heading", { name: "Small" })).toBeVisible();
    await parts.getByRole("tab", { name: "Panels" }).click();
    await expect(studio.getByRole("log")).toContainText("/: 1");
    const wide = await studio.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBe(390);
  });
});
