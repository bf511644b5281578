import { beforeAll, describe, expect, it } from "vitest";
import { classifyComponent } from "../../runtime/component/classify.ts";
import { slimGlue } from "../../runtime/component/slim-glue.ts";
import { generateGlue } from "../../runtime/component/transpile.ts";
import { compatibilityTrack, hostInterfaces } from "../../runtime/host/wit-facts.ts";
import { buildInboundGuest, inboundGuestNames } from "./build-inbound-guest.ts";

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
