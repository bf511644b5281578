import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { classifyComponent } from "../../runtime/component/classify.ts";
import { componentOfCore } from "../../runtime/component/componentize.ts";
import { inspectWasm } from "../../runtime/component/inspect.ts";
import { slimGlue } from "../../runtime/component/slim-glue.ts";
import { generateGlue } from "../../runtime/component/transpile.ts";
import { compatibilityTrack, hostInterfaces } from "../../runtime/host/wit-facts.ts";
import { buildInboundCore, buildInboundGuest, inboundGuestNames } from "./build-inbound-guest.ts";

// The compiler is 100 MB, and what it makes is kept: only the first run waits for it.
beforeAll(async () => {
  await Promise.all(inboundGuestNames.map(buildInboundGuest));
}, 300_000);

describe.each(inboundGuestNames)("guest %s as a component of Spin 1.5", (name) => {
  it("is one that the engine takes, over interfaces that the host has", async () => {
    const { handler, imports } = classifyComponent(await buildInboundGuest(name));
    expect(handler).toBe("fermyon:spin/inbound-http");
    expect(imports.filter((track) => !(compatibilityTrack(track) in hostInterfaces))).toEqual([]);
  });

  it("has glue of the shape that is made slim, whose handler may wait", async () => {
    const { source } = await generateGlue(await buildInboundGuest(name), "component");
    expect(slimGlue(source)).toMatch(/async function handleRequest\(/);
  });
});

describe("the core of a component", () => {
  // Node's fetch knows no files; the adapter is one here.
  beforeAll(() => void vi.stubGlobal("fetch", async (url: URL) => new Response(readFileSync(fileURLToPath(url)))));
  afterAll(() => void vi.unstubAllGlobals());

  it("is looked into as the component that is made of it", async () => {
    const core = await buildInboundCore("spin1-hosts");
    const inspection = await inspectWasm(core);
    expect(inspection).toMatchObject({ kind: "module", size: core.length, handler: "fermyon:spin/inbound-http" });
    expect(inspection.fault).toBeUndefined();
    expect(inspection.imports).toContainEqual({ name: "fermyon:spin/key-value", provision: "provided" });
    expect(inspection.wit).toContain("export fermyon:spin/inbound-http;");
  });

  it("is refused with the tools' reason when none can be made", async () => {
    const core = await buildInboundCore("spin1-echo");
    const renamed = Buffer.from(core)
      .toString("latin1")
      .replace("fermyon:spin/inbound-http#handle", "fermyon:spin/inbound-http#hindle");
    const broken = Uint8Array.from(Buffer.from(renamed, "latin1"));
    await expect(componentOfCore(broken)).rejects.toMatchObject({
      code: "component-invalid",
      message: expect.stringMatching(/^No component can be made of this core module.*handle-request/s),
    });
    expect((await inspectWasm(broken)).fault).toMatch(/^No component can be made/);
  });
});
