import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expect, test } from "./workbench.ts";
import { listener, project } from "./projects.ts";

/** An outside server on a port of its own, while `use` runs. */
async function withServer<T>(answer: RequestListener, use: (origin: string) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** What the application answers, and the log, after it was opened with these sources. */
function ask(studio: Page, files: Record<string, string>) {
  return studio.evaluate(async (sources) => {
    await playground.open(sources);
    await playground.up();
    const answer = await (await playground.request("/")).text();
    return { answer, log: (await playground.logs()).map(({ text }) => text).join("\n") };
  }, files);
}
const allowing = (origin: string) => ({ component: `allowed_outbound_hosts = ["${origin}"]` });

test("a request goes out with its body, and the answer comes back", async ({ studio }) => {
  const { answer, log } = await withServer(
    (request, response) => {
      const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };
      if (request.method === "OPTIONS") {
        response.writeHead(204, headers).end();
        return;
      }
      let body = "";
      request.on("data", (text) => (body += String(text)));
      request.on("end", () => response.writeHead(202, headers).end(`${request.method} ${request.url} ${body}`));
    },
    (origin) => {
      const source = listener(
        `const reply = await fetch("${origin}/in?x=1", { method: "POST", headers: { "x-own": "1" }, body: "sent" });
  return new Response(reply.status + " " + (await reply.text()));`,
      );
      return ask(studio, project(source, allowing(origin)));
    },
  );
  expect(answer).toBe("202 POST /in?x=1 sent");
  expect(log).toBe("");
});

const attempt = (origin: string) =>
  listener(
    `try { await fetch("${origin}/data"); return new Response("sent"); } catch { return new Response("refused"); }`,
  );

test("a server that refuses other origins is explained as that", async ({ studio }) => {
  const { answer, log } = await withServer(
    (_request, response) => response.end("secret"),
    (origin) => ask(studio, project(attempt(origin), allowing(origin))),
  );
  expect(answer).toBe("refused");
  expect(log).toMatch(/the server is there, but does not allow requests from other origins \(CORS\)/);
  expect(log).toContain("mocks.json");
});

test("a server that is not there is not taken for CORS", async ({ studio }) => {
  const origin = await withServer(
    () => undefined,
    (address) => Promise.resolve(address),
  );
  const { answer, log } = await ask(studio, project(attempt(origin), allowing(origin)));
  expect(answer).toBe("refused");
  expect(log).toContain("could not be reached");
  expect(log).not.toContain("CORS");
});

test("a relative URL reaches the application itself", async ({ studio }) => {
  const source = listener(
    `if (url.pathname === "/inner") return new Response("inner " + request.headers.get("x-from"));
  const reply = await fetch("/inner", { headers: { "x-from": "outer" } });
  return new Response("outer got: " + (await reply.text()));`,
  );
  const { answer } = await ask(studio, project(source, { component: `allowed_outbound_hosts = ["http://self"]` }));
  expect(answer).toBe("outer got: inner outer");
});
