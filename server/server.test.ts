import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PortTakenError, type Listening } from "./listen.ts";
import { startProductionServer } from "./production-server.ts";

const files: Record<string, string> = {
  "studio/index.html": "<title>studio</title>",
  "studio/assets/main-Bx91k_aZ.js": "studio code",
  "studio/packs/javascript/manifest.json": '{"pack":1}',
  "studio/packs/javascript/template.0123456789abcdef.wasm": "template",
  "application/spin-playground-service-worker.js": "service worker",
  "application/.well-known/spin/playground/bootstrap.html": "<title>bootstrap</title>",
  "application/.well-known/spin/playground/engine.html": "<title>engine</title>",
  "application/.well-known/spin/playground/assets/engine-C0ffee12.js": "engine code",
  secret: "outside of both sites",
};

const studio = "play.localhost";
const application = "a1b2c3.play.localhost";

let folder: string;
let server: Listening;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "server-test-"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  server = await startProductionServer(folder, { studioHost: studio, port: 0 });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Node's own client, since `fetch` would neither send a foreign Host header nor a path with dots in it. */
function get(host: string, path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: server.port, path, method, headers: { host, ...headers } };
    const sent = httpRequest(options, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on("error", reject);
    sent.end();
  });
}

it("answers a request that brings as many cookies as a browser keeps", async () => {
  const cookie = Array.from({ length: 2 * 180 }, (_, index) => `c${index}=${"x".repeat(4090)}`).join("; ");
  expect((await get(application, "/.well-known/spin/playground/engine.html", { cookie })).status).toBe(200);
});

describe("hosts", () => {
  it.each(["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])(
    "redirects %s to the studio, port and path kept",
    async (host) => {
      const { status, headers } = await get(`${host}:5173`, "/a?b=c");
      expect(status).toBe(302);
      expect(headers.location).toBe("//play.localhost:5173/a?b=c");
    },
  );

  it("does not let a path that begins with slashes choose the redirect's host", async () => {
    const { headers } = await get("localhost", "//evil.example/x");
    expect(headers.location).toBe("//play.localhost/evil.example/x");
  });

  it.each(["example.com", "a.b.play.localhost", "-a.play.localhost", "xplay.localhost", "play.localhost.example.com"])(
    "refuses %s",
    async (host) => {
      expect((await get(host, "/")).status).toBe(421);
    },
  );

  it("answers over IPv4 on a port of its choosing", () => {
    expect(server.port).toBeGreaterThan(0);
  });

  it("fails with PortTakenError when the port is in use", async () => {
    const settings = { studioHost: studio, port: server.port };
    await expect(startProductionServer(folder, settings)).rejects.toThrow(PortTakenError);
  });
});

describe("studio", () => {
  it("serves its page under a strict policy that names the application hosts", async () => {
    const { status, headers, body } = await get(`${studio}:5173`, "/");
    expect({ status, body }).toEqual({ status: 200, body: files["studio/index.html"] });
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["cache-control"]).toBe("no-cache");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    const policy = String(headers["content-security-policy"]).split("; ");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("frame-src *.play.localhost:5173");
    expect(policy).toContain("connect-src 'self' *.play.localhost:5173");
    expect(headers).not.toHaveProperty("cross-origin-embedder-policy");
    expect(headers).not.toHaveProperty("cross-origin-opener-policy");
  });

  it("sends the policy with scripts too, which workers take it from", async () => {
    const { headers } = await get(studio, "/assets/main-Bx91k_aZ.js");
    expect(headers["content-security-policy"]).toContain("script-src 'self'");
    expect(headers["cache-control"]).toContain("immutable");
  });

  it("serves packs, for ever when their name carries a hash", async () => {
    const manifest = await get(studio, "/packs/javascript/manifest.json");
    expect(manifest).toMatchObject({ status: 200, body: '{"pack":1}' });
    expect(manifest.headers["cache-control"]).toBe("no-cache");
    const template = await get(studio, "/packs/javascript/template.0123456789abcdef.wasm");
    expect(template.headers["content-type"]).toBe("application/wasm");
    expect(template.headers["cache-control"]).toContain("immutable");
  });

  it.each(["/nothing", "/assets", "/assets/", "/spin-playground-service-worker.js", "/index.html/x"])(
    "answers 404 for %s",
    async (path) => {
      expect((await get(studio, path)).status).toBe(404);
    },
  );

  it.each(["/../secret", "/%2e%2e/secret", "/assets/..%2f..%2f..%2fsecret", "/..%5csecret", "/%00", "/%zz"])(
    "does not leave its folder for %s",
    async (path) => {
      const { status, body } = await get(studio, path);
      expect(status).toBe(400);
      expect(body).not.toContain("outside");
    },
  );

  it("takes no other method than GET and HEAD", async () => {
    const { status, headers } = await get(studio, "/", {}, "POST");
    expect(status).toBe(405);
    expect(headers.allow).toBe("GET, HEAD");
  });

  it("answers HEAD with the length and no body", async () => {
    const { status, headers, body } = await get(studio, "/", {}, "HEAD");
    expect({ status, body }).toEqual({ status: 200, body: "" });
    expect(headers["content-length"]).toBe(String(files["studio/index.html"]?.length));
  });
});

describe("revalidation", () => {
  it("answers 304 to the tag it gave, and 200 once the file changed", async () => {
    const path = "/packs/javascript/manifest.json";
    const etag = String((await get(studio, path)).headers.etag);
    const again = await get(studio, path, { "if-none-match": `"other", W/${etag}` });
    expect(again).toMatchObject({ status: 304, body: "" });
    expect(again.headers.etag).toBe(etag);

    await utimes(join(folder, "studio", path), new Date(1_000_000), new Date(1_000_000));
    expect((await get(studio, path, { "if-none-match": etag })).status).toBe(200);
  });
});

describe("compression", () => {
  const path = "assets/compressed-aaaaaaaa.js";
  beforeAll(async () => {
    for (const suffix of ["", ".gz", ".br"]) await writeFile(join(folder, "studio", path + suffix), `variant${suffix}`);
  });

  it.each([
    ["gzip, deflate, br, zstd", "br", "variant.br"],
    ["gzip;q=1.0, br;q=0", "gzip", "variant.gz"],
    ["identity", undefined, "variant"],
    ["", undefined, "variant"],
  ])("takes from %j the coding %s", async (accepted, coding, body) => {
    const answer = await get(studio, `/${path}`, { "accept-encoding": accepted });
    expect(answer.headers["content-encoding"]).toBe(coding);
    expect(answer.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(answer.headers.vary).toBe("Accept-Encoding");
    expect(answer.body).toBe(body);
  });

  it("gives each coding a tag of its own", async () => {
    const plain = await get(studio, `/${path}`);
    const brotli = await get(studio, `/${path}`, { "accept-encoding": "br" });
    expect(brotli.headers.etag).not.toBe(plain.headers.etag);
  });

  it("passes over a sibling that is older than its file", async () => {
    await utimes(join(folder, "studio", `${path}.br`), new Date(1_000_000), new Date(1_000_000));
    const { body } = await get(studio, `/${path}`, { "accept-encoding": "br" });
    expect(body).toBe("variant");
  });
});

describe("application", () => {
  it.each(["/", "/api/things?x=1", "/index.html", "/a/..%2fb", "/%zz", "/.well-known/spin/info", "/assets/x.js"])(
    "answers %s with the bootstrap page",
    async (path) => {
      const { status, headers, body } = await get(application, path);
      expect({ status, body }).toEqual({ status: 200, body: "<title>bootstrap</title>" });
      expect(headers["cache-control"]).toBe("no-store");
      expect(headers).not.toHaveProperty("content-security-policy");
      expect(headers).not.toHaveProperty("etag");
    },
  );

  it("answers other methods with the bootstrap page too", async () => {
    expect((await get(application, "/form", {}, "POST")).body).toBe("<title>bootstrap</title>");
  });

  it("serves the service worker so that the browser looks for a newer one", async () => {
    const { headers, body } = await get(application, "/spin-playground-service-worker.js");
    expect(body).toBe("service worker");
    expect(headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(headers["cache-control"]).toBe("no-cache");
  });

  it("serves the engine and its assets", async () => {
    const base = "/.well-known/spin/playground/";
    expect((await get(application, `${base}engine.html`)).body).toBe("<title>engine</title>");
    const asset = await get(application, `${base}assets/engine-C0ffee12.js`);
    expect(asset.body).toBe("engine code");
    expect(asset.headers["cache-control"]).toContain("immutable");
  });

  it("serves the studio's packs below the engine's path", async () => {
    const { body } = await get(application, "/.well-known/spin/playground/packs/javascript/manifest.json");
    expect(body).toBe('{"pack":1}');
  });

  it.each(["nothing.js", "packs/nothing", "packs/", "assets/", ""])("answers 404 for the engine's %j", async (name) => {
    expect((await get(application, `/.well-known/spin/playground/${name}`)).status).toBe(404);
  });

  it("does not leave the packs' folder", async () => {
    const { body } = await get(application, "/.well-known/spin/playground/packs/..%2findex.html");
    expect(body).toBe("<title>bootstrap</title>");
  });
});
