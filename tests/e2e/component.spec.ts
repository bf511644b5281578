import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { componentWit } from "@bytecodealliance/jco";
import { expect, test } from "./workbench.ts";
import { listener, project } from "./projects.ts";

const path = "/path?x=1";
const init = { method: "POST", body: "sent" };
const root = join(import.meta.dirname, "../..");

test("a component built in the tab is valid, and answers in Node as it does in the tab", async ({ studio }) => {
  const source = listener(`
  const told = { method: request.method, path: url.pathname, query: url.search, body: await request.text() };
  return Response.json(told, { status: 201, headers: { "x-built": "in the tab" } });`);
  await studio.evaluate(async (files) => {
    await playground.open(files);
    await playground.up();
  }, project(source));
  const answer = await studio.evaluate(
    async ([target, options]) => {
      const response = await playground.request(target, options);
      return {
        status: response.status,
        built: response.headers.get("x-built"),
        type: response.headers.get("content-type"),
        text: await response.text(),
      };
    },
    [path, init] as const,
  );
  expect(answer).toEqual({
    status: 201,
    built: "in the tab",
    type: "application/json",
    text: '{"method":"POST","path":"/path","query":"?x=1","body":"sent"}',
  });

  const download = studio.waitForEvent("download");
  await studio.evaluate(async () => {
    const bytes = (await playground.files())["dist/main.wasm"] ?? new Uint8Array();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes.slice()]));
    link.download = "main.wasm";
    link.click();
  });
  const component = await (await download).createReadStream().then((stream) => stream.toArray());
  const bytes = Buffer.concat(component as Buffer[]);
  // Fails for bytes that are no valid component.
  expect(await componentWit(bytes)).toContain("export wasi:http/incoming-handler@0.2.10");
  expect(await askInNode(bytes)).toEqual(answer);
});

/** Serves the component in a process of its own, without anything of the playground, and asks it once. */
async function askInNode(component: Uint8Array) {
  await mkdir(join(root, "test-results"), { recursive: true });
  const folder = await mkdtemp(join(root, "test-results/served-"));
  const file = join(folder, "main.wasm");
  await writeFile(file, component);
  const port = await freePort();
  const server = spawn(process.execPath, ["--import", "tsx", "tests/e2e/serve-component.ts", file, String(port)], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    let errors = "";
    server.stderr.on("data", (text) => (errors += String(text)));
    await new Promise<void>((resolve, reject) => {
      server.stdout.on("data", (text) => String(text).includes("ready") && resolve());
      server.on("exit", (code) => reject(new Error(`The server ended with code ${code}: ${errors}`)));
    });
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return {
      status: response.status,
      built: response.headers.get("x-built"),
      type: response.headers.get("content-type"),
      text: await response.text(),
    };
  } finally {
    server.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
