import { describe, expect, it } from "vitest";
import { PlaygroundError } from "../errors.ts";
import { testBackEnds } from "../stores/back-ends-for-tests.ts";
import { createMemoryKeyValueStores } from "../stores/memory-key-value.ts";
import { fermyonSpinKeyValue } from "./fermyon-spin-key-value.ts";
import { spinTestContext, witErrorOf } from "./fermyon-spin-test-context.ts";

const metadata = { key_value_stores: ["default", "cache"] };

describe("fermyon:spin/key-value", () => {
  it("does what a store does", async () => {
    const context = spinTestContext({ metadata });
    const store = await fermyonSpinKeyValue(context).Store.open("default");
    expect(await store.get("a")).toBeUndefined();
    await store.set("b", Uint8Array.of(1));
    await store.set("a", Uint8Array.of(2));
    expect(await store.get("a")).toEqual(Uint8Array.of(2));
    expect(await store.getKeys()).toEqual(["a", "b"]);
    await store.delete("a");
    await store.delete("a");
    expect(await store.exists("a")).toBe(false);
    expect(await store.exists("b")).toBe(true);
    expect(await context.backEnds.keyValue.get("default", "b")).toEqual(Uint8Array.of(1));
  });

  it("denies a label that the manifest does not grant, before it looks whether there is such a store", async () => {
    const context = spinTestContext({ metadata: {} });
    const { Store } = fermyonSpinKeyValue(context);
    expect(await witErrorOf(() => Store.open("default"))).toEqual({ tag: "access-denied" });
    expect(await witErrorOf(() => Store.open("nothing"))).toEqual({ tag: "access-denied" });
    // The person is told the difference.
    expect(context.storesDenied).toEqual([
      ["default", true],
      ["nothing", false],
    ]);
  });

  it("knows no store behind a granted label without a back end", async () => {
    const { Store } = fermyonSpinKeyValue(spinTestContext({ metadata }));
    expect(await witErrorOf(() => Store.open("cache"))).toEqual({ tag: "no-such-store" });
    const backed = fermyonSpinKeyValue(spinTestContext({ metadata, backedStores: ["cache"] }));
    expect(await (await backed.Store.open("cache")).exists("a")).toBe(false);
    expect(await witErrorOf(() => backed.Store.open("default"))).toEqual({ tag: "no-such-store" });
  });

  it("tells the guest what the browser refused, and traps for a fault of its own", async () => {
    const failing = (error: Error) =>
      spinTestContext({
        metadata,
        backEnds: testBackEnds({ keyValue: { ...createMemoryKeyValueStores(), get: () => Promise.reject(error) } }),
      });
    const full = await fermyonSpinKeyValue(failing(new PlaygroundError("store-unavailable", "no room"))).Store.open(
      "default",
    );
    expect(await witErrorOf(() => full.get("k"))).toEqual({ tag: "other", val: "no room" });
    const broken = await fermyonSpinKeyValue(failing(new TypeError("bug"))).Store.open("default");
    await expect(broken.get("k")).rejects.toThrow(new TypeError("bug"));
  });

  it("waits through the context, so that the engine knows of the wait", async () => {
    const context = spinTestContext({ metadata });
    const store = await fermyonSpinKeyValue(context).Store.open("default");
    await store.set("k", Uint8Array.of(1));
    await store.get("k");
    expect(context.suspensions).toBe(2);
  });
});
