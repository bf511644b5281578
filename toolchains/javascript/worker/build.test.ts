import { componentWit } from "@bytecodealliance/jco";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { shellDigest } from "../../../runtime/component/digest.ts";
import { transpileComponent } from "../../../runtime/component/transpile.ts";
import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import { pack, packTools } from "../testing/pack.ts";
import { bake } from "./bake.ts";
import { buildComponent, type BuildTools } from "./build.ts";
import { decodeSnapshot } from "./snapshot.ts";

// The engine, esbuild and jco start here: on a busy machine that takes longer than a test should.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let tools: BuildTools;

beforeAll(async () => {
  tools = await packTools();
});

const request = (files: Record<string, string>) => ({
  componentId: "main",
  command: "npm run build",
  workdir: "",
  output: "dist/main.wasm",
  files,
});
const build = (source: string, files: Record<string, string> = {}) =>
  buildComponent(tools, request({ "src/index.ts": source, ...files }));
const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  `sha256:${Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex")}`;
const listening = `addEventListener("fetch", (event) => event.respondWith(new Response("hello")));`;

async function errorOf(source: string, files: Record<string, string> = {}): Promise<Diagnostic> {
  const result = await build(source, files);
  const error = result.diagnostics.find(({ severity }) => severity === "error");
  if (result.ok || error === undefined) throw new Error("The build was expected to fail.");
  return error;
}

describe("a component", () => {
  it("is a real one, with the interfaces of the template's world", async () => {
    const result = await build(listening);
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    const wit = await componentWit(result.wasm);
    expect(wit).toContain("export wasi:http/incoming-handler@0.2.10");
    expect(wit).toContain("import fermyon:spin/key-value@2.0.0");
    expect(result.milliseconds).toMatchObject({ total: expect.any(Number) as number });
  });

  it("has the shell that the pack's glue is made for, and jco makes glue of it", async () => {
    const result = await build(listening);
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    const manifest = await pack.manifest();
    expect(await shellDigest(result.wasm)).toBe(manifest.shellDigest);
    const { source, modules } = await transpileComponent(result.wasm, "template");
    expect(source).toContain("incomingHandler");
    expect(Object.keys(modules).toSorted()).toEqual(Object.keys(manifest.glue.modules).toSorted());
    expect(modules).toHaveProperty([manifest.glue.main]);
    for (const bytes of Object.values(modules)) expect(WebAssembly.validate(bytes)).toBe(true);
  });

  it("is named by the digest of its bytes", async () => {
    const result = await build(listening);
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    expect(result.digest).toBe(await sha256(result.wasm));
  });

  it("comes out of a prebuilt snapshot with the digest that the pack names", async () => {
    const { prebuilt } = await pack.manifest();
    const entry = prebuilt["kv-counter"];
    if (entry === undefined) throw new Error("The pack has no kv-counter.");
    const { snapshot } = decodeSnapshot(await pack.bytes(entry.file));
    expect(await sha256(bake(tools.template, snapshot))).toBe(entry.digest);
  });

  it.each<[style: string, source: string, files?: Record<string, string>]>([
    [
      "itty-router",
      `import { AutoRouter } from "itty-router";\nconst router = AutoRouter();\nrouter.get("/", () => "hi");\naddEventListener("fetch", (event) => event.respondWith(router.fetch(event.request)));`,
    ],
    [
      "hono's service worker",
      `import { Hono } from "hono";\nimport { fire } from "hono/service-worker";\nconst app = new Hono();\napp.get("/", (c) => c.text("hi"));\nfire(app);`,
    ],
    [
      "SDK 2, with hono behind it",
      `import { Hono } from "hono";\nimport { ResponseBuilder } from "@fermyon/spin-sdk";\nconst app = new Hono();\nexport async function handler(req: Request, res: ResponseBuilder) { res.send(await (await app.fetch(req)).text()); }`,
    ],
    ["a listener added by another name", `const add = addEventListener;\nadd("fetch", () => {});`],
    ["hono", `import { Hono } from "hono";\nconst app = new Hono();\napp.get("/", (c) => c.text("hi"));\napp.fire();`],
    [
      "SDK 2",
      `import { ResponseBuilder } from "@fermyon/spin-sdk";\nexport async function handler(req: Request, res: ResponseBuilder) { res.send("hi"); }`,
    ],
    [
      "Spin 1.0, handleRequest",
      `import { HandleRequest, HttpRequest, HttpResponse } from "@fermyon/spin-sdk";\nexport const handleRequest: HandleRequest = async function (request: HttpRequest): Promise<HttpResponse> { return { status: 200, body: "hi" }; };`,
      { "package.json": `{"dependencies":{"@fermyon/spin-sdk":"^0.6.0"}}` },
    ],
    [
      "Spin 1.0, router",
      `const router = utils.Router();\nrouter.get("/api/:id", ({ params }) => ({ status: 200, body: params.id }));\nexport async function handleRequest(request) { return await router.handleRequest(request); }`,
    ],
  ])("is built from the style of %s", async (_style, source, files = {}) => {
    const result = await build(source, files);
    expect(result.diagnostics).toEqual([]);
    expect(result.ok).toBe(true);
  });
});

it("may look at the clock at the top level, as it may natively", async () => {
  expect(await build(`const built = new Date();\nconsole.log(built.toISOString());\n${listening}`)).toMatchObject({
    ok: true,
    diagnostics: [],
  });
});

describe("a fault", () => {
  it("of syntax stands at its place", async () => {
    expect(await errorOf(`const x = ;\n${listening}`)).toMatchObject({ file: "src/index.ts", line: 1, column: 11 });
  });

  it("in another module stands there", async () => {
    const error = await errorOf(`import "./other";\n${listening}`, { "src/other.ts": "\n\nlet = = 1;" });
    expect(error).toMatchObject({ file: "src/other.ts", line: 3 });
  });

  it("of an import names what there is", async () => {
    const error = await errorOf(`import x from "left-pad";\nconsole.log(x);\n${listening}`);
    expect(error).toMatchObject({ code: "import-unavailable", file: "src/index.ts", line: 1 });
    expect(error.message).toMatch(/"left-pad" is not available.*hono.*itty-router/s);
  });

  it("thrown at the top level names the person's line, in any module", async () => {
    const error = await errorOf(`import "./config";\n${listening}`, {
      "src/config.ts": `type Config = { name: string };\n\nexport const config: Config = JSON.parse("{");`,
    });
    expect(error).toMatchObject({ code: "throw-at-top-level", file: "src/config.ts", line: 3 });
    expect(error.message).toContain("SyntaxError");
  });

  it.each([
    [`throw new Error("boom");`, "Error: boom"],
    [`throw "text";`, "text"],
    [`await Promise.reject(new RangeError("late"));`, "RangeError: late"],
  ])("thrown at the top level is told as it was thrown: %s", async (source, text) => {
    const error = await errorOf(`${source}\n${listening}`);
    expect(error.message).toBe(`The top level threw when the component was built: ${text}`);
    expect(error).toMatchObject({ code: "throw-at-top-level", file: "src/index.ts", line: 1 });
  });

  it.each([
    ["Math.random()", `export const n = Math.random();`, /^Math\.random\(\) cannot be used at the top level/],
    ["crypto.randomUUID()", `export const id = crypto.randomUUID();`, /^crypto\.randomUUID\(\) cannot be used/],
    ["fetch", `await fetch("https://example.com/");`, /^"fetch" cannot be used at the top level/],
    ["setTimeout", `setTimeout(() => {}, 10);`, /^"setTimeout" cannot be used at the top level/],
    [
      "a variable",
      `import * as Variables from "@spinframework/spin-variables";\nVariables.get("x");`,
      /variables@2\.0\.0#get cannot be called at the top level/,
    ],
    [
      "a database",
      `import * as Sqlite from "@spinframework/spin-sqlite";\nSqlite.openDefault();`,
      /^A store or connection \(fermyon:spin\/sqlite@2\.0\.0\) cannot be opened at the top level/,
    ],
    [
      "a store",
      `import * as Kv from "@spinframework/spin-kv";\nKv.openDefault();`,
      /cannot be opened at the top level/,
    ],
  ])("of using %s at the top level says to move it into the handler", async (_what, source, message) => {
    const line = source.split("\n").length;
    const error = await errorOf(`${source}\n${listening}`);
    expect(error).toMatchObject({ code: "host-call-at-top-level", file: "src/index.ts", line });
    expect(error.message).toMatch(message);
    expect(error.message).toContain("Move it into the request handler");
  });

  it("of not handling requests says how to", async () => {
    expect(await errorOf("export const x = 1;")).toMatchObject({ code: "handler-missing", file: "src/index.ts" });
    expect((await errorOf("export default { fetch() {} };")).message).toContain("app.fire()");
    const unfired = await errorOf(`import { Hono } from "hono";\nexport default new Hono();`);
    expect(unfired).toMatchObject({ code: "handler-missing", file: "src/index.ts" });
    expect(unfired.message).toContain("app.fire()");
  });

  it("of having no module to start from says where it looked", async () => {
    const result = await buildComponent(tools, request({ "spin.toml": "" }));
    expect(result.diagnostics).toMatchObject([{ code: "entry-not-found" }]);
    expect(result.diagnostics[0]?.message).toContain("src/index.{ts,tsx,js,jsx,mjs}");
  });
});

it("ends between two steps when it is told to", async () => {
  const steps: string[] = [];
  const stopping = {
    ...tools,
    onStep: (step: string) => {
      steps.push(step);
      return step === "initialise" ? Promise.reject(new Error("stop")) : Promise.resolve();
    },
  };
  await expect(buildComponent(stopping, request({ "src/index.ts": listening }))).rejects.toThrow("stop");
  expect(steps).toEqual(["bundle", "initialise"]);
});
