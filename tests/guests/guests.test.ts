import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import { describe, expect, it } from "vitest";
import { classifyComponent } from "../../runtime/component/classify.ts";
import { transpileComponent } from "../../runtime/component/transpile.ts";
import type { HostCallTable } from "../../runtime/protocol.ts";
import { traceSpans } from "../../runtime/trace-spans.ts";
import { askableInNode, memoryPages, type Ask, type Answer } from "./ask-in-node.ts";
import { candidates } from "./candidate-wit.ts";
import { buildGuest, guestNames, guestProject, type GuestName } from "./build-guest.ts";
import { guestWorld, worldName } from "./world.ts";

const askable = new Map<GuestName, Promise<Ask>>();

async function ask(name: GuestName, path: string, body = ""): Promise<Answer> {
  const guest = askable.get(name) ?? buildGuest(name).then((component) => askableInNode(component));
  askable.set(name, guest);
  return (await guest)(path, new TextEncoder().encode(body));
}

const unreachable = { message: expect.stringContaining("unreachable") };

describe.each(guestNames)("guest %s", (name) => {
  it("is a component that the engine takes, and imports what it uses only", async () => {
    const component = await buildGuest(name);
    const { handler, imports } = classifyComponent(component.slice());
    expect(handler).toBe("wasi:http/incoming-handler@0.2.12");
    expect(imports.includes("fermyon:spin/key-value@2.0.0")).toBe(name === "kv");
    const { modules } = await transpileComponent(component, "guest");
    for (const bytes of Object.values(modules)) expect(WebAssembly.validate(bytes)).toBe(true);
  });
});

/** The oldest and the newest that is published, what today's SDKs make, and one that nobody has made yet. */
const releases = ["0.2.0", "0.2.3", "0.2.10", "0.2.12", "0.2.137"];

describe.each([...releases, ...candidates])("WASI %s", (version) => {
  const asked = async (name: GuestName): Promise<Ask> => askableInNode(await buildGuest(name, version));

  it("is what the guest's component has, and the engine takes it", async () => {
    const component = await buildGuest("ask-self", version);
    const { handler, imports } = classifyComponent(component.slice());
    expect(handler).toBe(`wasi:http/incoming-handler@${version}`);
    for (const name of imports) expect(name).toMatch(new RegExp(`@${version}$`));
    const { modules } = await transpileComponent(component, "guest");
    for (const bytes of Object.values(modules)) expect(WebAssembly.validate(bytes)).toBe(true);
  });

  it("links everything of a component that imports all of its interfaces", async () => {
    const core = await componentEmbed({ dummy: true, witSource: guestWorld(version), world: worldName });
    const { trap } = await (await askableInNode(await componentNew(core, [])))("/");
    // Every function of the dummy is `unreachable`: the glue, which looks for its imports before, found them all.
    expect(trap).toMatchObject(unreachable);
  });

  it("answers, and streams what it reads", async () => {
    expect(await (await asked("tiny"))("/")).toEqual({ status: 200, text: "hello", trap: undefined });
    const echoed = await (await asked("echo"))("/", new TextEncoder().encode("x".repeat(50_000)));
    expect([echoed.text.length, echoed.trap]).toEqual([50_000, undefined]);
  });

  it("reads the clocks, and breaks off", async () => {
    expect((await (await asked("stream"))("/chunks/1/0")).text).toMatch(/^\d{13}\n$/);
    expect(await (await asked("trap"))("/mid-body")).toMatchObject({ text: "part one, ", trap: unreachable });
  });
});

it("makes an application of a guest", async () => {
  const files = await guestProject("kv");
  expect(files["spin.toml"]).toContain('source = "app.wasm"');
  expect(files["app.wasm"]).toBe(await buildGuest("kv"));
});

it("answers hello", async () => {
  expect(await ask("tiny", "/")).toEqual({ status: 200, text: "hello", trap: undefined });
});

it.each([
  ["/before-head", undefined, ""],
  ["/after-head", 200, ""],
  ["/mid-body", 200, "part one, "],
  ["/after-body", 200, "part one, part two"],
])("traps at %s", async (path, status, text) => {
  expect(await ask("trap", path)).toMatchObject({ status, text, trap: unreachable });
});

it("does not trap elsewhere", async () => {
  expect(await ask("trap", "/")).toEqual({ status: 200, text: "part one, part two", trap: undefined });
});

it("traps at its start", async () => {
  expect(await ask("trap-at-start", "/")).toMatchObject({ status: undefined, trap: unreachable });
});

it("is quick where it does not spin", async () => {
  expect(await ask("spin", "/spi")).toMatchObject({ text: "quick", trap: undefined });
});

it("grows to the limit, and says so or traps", async () => {
  expect(await ask("memory-bomb", "/")).toMatchObject({ text: `${memoryPages} pages` });
  expect(await ask("memory-bomb", "/fill")).toMatchObject({ text: `${memoryPages} pages` });
  expect(await ask("memory-bomb", "/trap")).toMatchObject({ status: undefined, trap: unreachable });
});

it("writes as many bytes, and as many lines, as it is asked for", async () => {
  expect((await ask("stream", "/bytes/20000")).text).toHaveLength(20_000);
  const before = Date.now();
  const { text } = await ask("stream", "/chunks/1/0");
  expect(text).toMatch(/^\d+\n$/);
  expect(Number(text)).toBeGreaterThanOrEqual(before);
});

it("is denied the network: access-denied, permanent-resolver-failure, not-in-progress", async () => {
  expect(await ask("sockets", "/")).toEqual({ status: 200, text: "1 20 7 ", trap: undefined });
});

it.each(["/", "/splice"])("echoes the body at %s", async (path) => {
  expect(await ask("echo", path, "sent and received")).toMatchObject({ text: "sent and received", trap: undefined });
  expect((await ask("echo", path, "x".repeat(50_000))).text).toHaveLength(50_000);
});

it("takes the whole body, and says how long it was", async () => {
  expect(await ask("sink", "/", "x".repeat(50_000))).toMatchObject({ text: "50000", trap: undefined });
});

describe("leak-probe", () => {
  const fresh = '{"words":0,"data":0,"global":0,"table":0,"pages":2,"handle":1}';

  it("finds nothing in a fresh instance, after others that left their marks", async () => {
    expect(await ask("leak-probe", "/grow")).toMatchObject({ text: fresh, trap: undefined });
    expect(await ask("leak-probe", "/trap")).toMatchObject({ text: fresh, trap: unreachable });
    expect(await ask("leak-probe", "/")).toMatchObject({ text: fresh, trap: undefined });
  });

  it("finds its marks in every place of an instance that is used again", async () => {
    const reused = await askableInNode(await buildGuest("leak-probe"), { reuse: true });
    expect(await reused("/grow")).toMatchObject({ text: fresh });
    const { text } = await reused("/");
    expect(JSON.parse(text)).toMatchObject({ data: 4, global: 7, table: 3, pages: 3 });
    expect((JSON.parse(text) as { words: number }).words).toBeGreaterThan(30_000);
    expect((JSON.parse(text) as { handle: number }).handle).toBeGreaterThan(1);
  });
});

it("has its host calls noted, in order, with what failed", async () => {
  let table: HostCallTable | undefined;
  const echo = await askableInNode(await buildGuest("echo"), { seeHostCalls: (noted) => (table = noted) });
  await echo("/", new TextEncoder().encode("sent"));
  const spans = traceSpans({ spans: [], ...(table ? { hostCalls: table } : {}) });
  const called = spans.map(({ call }) => `${call?.interface} ${call?.function} ${call?.error ?? "ok"}`);
  expect(called[0]).toBe("wasi:http/types@0.2.12 [method]incoming-request.path-with-query ok");
  expect(called).toContain("wasi:io/streams@0.2.12 [method]output-stream.write ok");
  expect(called).toContain("wasi:io/streams@0.2.12 [method]input-stream.blocking-read closed");
  expect(spans.every(({ at, duration }) => at > 0 && duration >= 0)).toBe(true);
});
