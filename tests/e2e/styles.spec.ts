import type { Page } from "@playwright/test";
import { expect, test } from "./workbench.ts";
import { listener, project, type ProjectOptions } from "./projects.ts";

/** Opens the project and returns what it answers at each path. */
function answers(studio: Page, source: string, paths: string[], options: ProjectOptions = {}): Promise<string[]> {
  return studio.evaluate(
    async ([files, wanted]) => {
      await playground.open(files);
      await playground.up();
      const texts: string[] = [];
      for (const path of wanted) texts.push(await (await playground.request(path)).text());
      return texts;
    },
    [project(source, options), paths] as const,
  );
}
const dependencies = (packages: Record<string, string>): string =>
  JSON.stringify({ name: "test-app", type: "module", scripts: { build: "j2w" }, dependencies: packages });

test("addEventListener with itty-router", async ({ studio }) => {
  const source = `import { AutoRouter } from "itty-router";
const router = AutoRouter();
router.get("/", () => "root").get("/hello/:name", ({ name }) => \`hello \${name}\`);
addEventListener("fetch", (event: FetchEvent) => event.respondWith(router.fetch(event.request)));`;
  expect(await answers(studio, source, ["/", "/hello/ada"])).toEqual(['"root"', '"hello ada"']);
});

test("addEventListener with hono", async ({ studio }) => {
  const source = `import { Hono } from "hono";
const app = new Hono();
app.get("/", (c) => c.text("root"));
app.get("/hello/:name", (c) => c.json({ hello: c.req.param("name") }));
app.fire();`;
  expect(await answers(studio, source, ["/", "/hello/ada"])).toEqual(["root", '{"hello":"ada"}']);
});

test("handler(req, res) of SDK 2", async ({ studio }) => {
  const source = `import { ResponseBuilder } from "@fermyon/spin-sdk";
export async function handler(req: Request, res: ResponseBuilder) {
  res.status(201).set("content-type", "text/plain").send("sdk 2 " + new URL(req.url).pathname);
}`;
  const options = { files: { "package.json": dependencies({ "@fermyon/spin-sdk": "^2.0.0" }) } };
  expect(await answers(studio, source, ["/a"], options)).toEqual(["sdk 2 /a"]);
});

test("handleRequest of the Spin 1.0 announcement, with its router", async ({ studio }) => {
  const source = `import { HandleRequest, HttpRequest, HttpResponse } from "@fermyon/spin-sdk";
const router = utils.Router();
router.get("/", () => ({ status: 200, body: "root" }));
router.get("/api/:id", ({ params }) => ({ status: 200, headers: { "content-type": "text/plain" }, body: "id " + params.id }));
export const handleRequest: HandleRequest = async function (request: HttpRequest): Promise<HttpResponse> {
  return await router.handleRequest(request);
};`;
  const options = { files: { "package.json": dependencies({ "@fermyon/spin-sdk": "^0.6.0" }) } };
  expect(await answers(studio, source, ["/", "/api/7"], options)).toEqual(["root", "id 7"]);
});

test("handler(req, res) with the SDK 0.x types", async ({ studio }) => {
  const source = `import { HttpRequest, ResponseBuilder } from "@fermyon/spin-sdk";
const decoder = new TextDecoder();
export async function handler(request: HttpRequest, response: ResponseBuilder): Promise<void> {
  const store = spinSdk.kv.openDefault();
  // The preview asks, too, maybe at the same time.
  store.set(request.uri, "stored for " + request.uri);
  response.status(200).header("content-type", "text/plain").body(decoder.decode(store.get(request.uri)));
}`;
  const options = {
    component: `key_value_stores = ["default"]`,
    files: { "package.json": dependencies({ "@fermyon/spin-sdk": "^0.6.0" }) },
  };
  expect(await answers(studio, source, ["/a?b"], options)).toEqual(["stored for /a?b"]);
});

test("handler(req, res) of SDK 0.x behind a router", async ({ studio }) => {
  const source = `import { Handler, HttpRequest, ResponseBuilder, Router } from "@fermyon/spin-sdk";
const router = Router();
router.get("/api/:id", ({ params, query }, response: ResponseBuilder) => {
  response.status(202).header("X-Id", params.id).body("id " + params.id + " " + (query.page ?? "none"));
});
router.all("/other", (_, response: ResponseBuilder) => { response.status(404).body("nothing here"); });
export const handler: Handler = async (request: HttpRequest, response: ResponseBuilder) => {
  await router.handleRequest(request, response);
};`;
  const options = { files: { "package.json": dependencies({ "@fermyon/spin-sdk": "^0.6.0" }) } };
  expect(await answers(studio, source, ["/api/7?page=2", "/other"], options)).toEqual(["id 7 2", "nothing here"]);
  const head = await studio.evaluate(async () => {
    const { status, headers } = await playground.request("/api/7");
    return [status, headers.get("x-id")];
  });
  expect(head).toEqual([202, "7"]);
});

test("spin-kv and spin-variables", async ({ studio }) => {
  const source = listener(
    `const store = Kv.openDefault();
  store.setJson("user", { name: Variables.get("name") });
  return Response.json([store.getJson("user"), store.exists("user"), store.getKeys(), Variables.get("none")]);`,
    `import * as Kv from "@spinframework/spin-kv";\nimport * as Variables from "@spinframework/spin-variables";`,
  );
  const component = `key_value_stores = ["default"]\n[component.main.variables]\nname = "Ada"`;
  expect(await answers(studio, source, ["/"], { component })).toEqual([
    JSON.stringify([{ name: "Ada" }, true, ["user"], null]),
  ]);
});

test("spin-llm is there, and a call fails in Spin's words, of which the log says more", async ({ studio }) => {
  const source = listener(
    `try { Llm.infer("llama2-chat", "Hello"); } catch (error) { return Response.json((error as { payload?: unknown }).payload ?? String(error)); }
  return new Response("called");`,
    `import * as Llm from "@spinframework/spin-llm";`,
  );
  const [answer = ""] = await answers(studio, source, ["/"], { component: `ai_models = ["llama2-chat"]` });
  expect(JSON.parse(answer)).toEqual({
    tag: "runtime-error",
    val: "Local LLM operations are not supported in this version of Spin.",
  });
  const logs = await studio.evaluate(async () => (await playground.logs()).map(({ text }) => text).join("\n"));
  expect(logs).toContain("fermyon:spin/llm@2.0.0, which the playground does not have yet");
});
