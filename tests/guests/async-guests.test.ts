import { beforeAll, describe, expect, it } from "vitest";
import { classifyComponent } from "../../runtime/component/classify.ts";
import { asyncGlue } from "../../runtime/component/async-glue.ts";
import { generateGlue } from "../../runtime/component/transpile.ts";
import { hostInterfaces, compatibilityTrack } from "../../runtime/host/wit-facts.ts";
import { asyncGuestNames, buildAsyncGuest, candidate } from "./build-async-guest.ts";

// The compiler is 100 MB, and what it makes is kept: only the first run waits for it.
beforeAll(async () => {
  await Promise.all(asyncGuestNames.map((name) => buildAsyncGuest(name)));
}, 300_000);

describe.each(asyncGuestNames)("guest %s of WASI 0.3", (name) => {
  it.each(["0.3.0", candidate])(
    "is a component of %s that the engine takes, over interfaces that the host has",
    async (version) => {
      const { handler, imports } = classifyComponent(await buildAsyncGuest(name, version));
      expect(handler).toBe(`wasi:http/handler@${version}`);
      expect(imports.filter((track) => !(compatibilityTrack(track) in hostInterfaces))).toEqual([]);
    },
  );
});

describe("the glue for WASI 0.3", () => {
  it("has the shape that is known, and no timer of the platform is left in it", async () => {
    const { source } = await generateGlue(await buildAsyncGuest("hello"), "component");
    const glue = asyncGlue(source) ?? "";
    expect(glue).toContain("timers.taskEnded(err);");
    expect(glue).toContain("timers.check(");
    // Whatever it calls by these names is what it was given: nothing reaches past the declaration by `globalThis`.
    expect(glue.match(/(?:globalThis|window|self)\.(?:set|clear)(?:Timeout|Interval)/g)).toBeNull();
    expect(glue.indexOf("const { setTimeout, setInterval, clearInterval } = timers;")).toBeLessThan(
      glue.search(/\bset(?:Timeout|Interval)\(/),
    );
  });

  it("is not rewritten when it is of another shape", () => {
    expect(asyncGlue("export function instantiate(getCoreModule, imports) {}")).toBeUndefined();
  });
});
