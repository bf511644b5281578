import { describe, expect, it } from "vitest";
import { PlaygroundError } from "../errors.ts";
import { testBackEnds } from "../stores/back-ends-for-tests.ts";
import { createMemoryKeyValueStores } from "../stores/memory-key-value.ts";
import { spinTestContext, witErrorOf } from "./fermyon-spin-test-context.ts";
import type { Cas } from "./wasi-keyvalue-atomics.ts";
import { wasiKeyvalue } from "./wasi-keyvalue.ts";

const metadata = { key_value_stores: ["default"] };
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

async function openDefault() {
  const context = spinTestContext({ metadata });
  const { store, atomics, batch } = wasiKeyvalue(context);
  return { bucket: await store.open("default"), store, atomics, batch };
}

describe("wasi:keyvalue/store", () => {
  it("does what a bucket does", async () => {
    const { bucket, store } = await openDefault();
    expect(bucket).toBeInstanceOf(store.Bucket);
    await bucket.set("k", bytes(1));
    expect(await bucket.get("k")).toEqual(bytes(1));
    expect(await bucket.exists("k")).toBe(true);
    expect(await bucket.listKeys(undefined)).toEqual({ keys: ["k"], cursor: undefined });
    await bucket.delete("k");
    expect(await bucket.get("k")).toBeUndefined();
  });

  it("denies what the manifest does not grant", async () => {
    const { store } = await openDefault();
    expect(await witErrorOf(() => store.open("other"))).toEqual({ tag: "access-denied" });
  });

  it("refuses a cursor", async () => {
    const { bucket } = await openDefault();
    expect(await witErrorOf(() => bucket.listKeys("1"))).toEqual({
      tag: "other",
      val: "list_keys: cursor not supported",
    });
  });
});

describe("wasi:keyvalue/batch", () => {
  it("gets in the order asked, sets and deletes", async () => {
    const { bucket, batch } = await openDefault();
    await batch.setMany(bucket, [
      ["a", bytes(1)],
      ["b", bytes(2)],
      ["a", bytes(3)],
    ]);
    expect(await batch.getMany(bucket, ["b", "x", "a"])).toEqual([
      ["b", bytes(2)],
      ["x", undefined],
      ["a", bytes(3)],
    ]);
    await batch.deleteMany(bucket, ["a", "x"]);
    expect(await bucket.listKeys(undefined)).toMatchObject({ keys: ["b"] });
  });
});

describe("wasi:keyvalue/atomics", () => {
  it("increments an 8-byte little-endian integer, from nothing and below zero", async () => {
    const { bucket, atomics } = await openDefault();
    expect(await atomics.increment(bucket, "n", 258n)).toBe(258n);
    expect(await bucket.get("n")).toEqual(bytes(2, 1, 0, 0, 0, 0, 0, 0));
    expect(await atomics.increment(bucket, "n", -259n)).toBe(-1n);
    expect(await bucket.get("n")).toEqual(new Uint8Array(8).fill(255));
  });

  it("loses no increment of several at once", async () => {
    const { bucket, atomics } = await openDefault();
    await Promise.all(Array.from({ length: 10 }, () => atomics.increment(bucket, "n", 1n)));
    expect(await atomics.increment(bucket, "n", 0n)).toBe(10n);
  });

  it("leaves a value that is no integer, and one that would overflow", async () => {
    const { bucket, atomics } = await openDefault();
    await bucket.set("text", bytes(49));
    expect(await witErrorOf(() => atomics.increment(bucket, "text", 1n))).toEqual({
      tag: "other",
      val: 'the value of "text" is not an 8-byte integer, it has 1 bytes',
    });
    expect(await bucket.get("text")).toEqual(bytes(49));
    await atomics.increment(bucket, "n", 2n ** 63n - 1n);
    expect(await witErrorOf(() => atomics.increment(bucket, "n", 1n))).toEqual({
      tag: "other",
      val: 'the increment of "n" leaves the range of a 64-bit integer',
    });
  });

  it("swaps what it has seen", async () => {
    const { bucket, atomics } = await openDefault();
    await bucket.set("k", bytes(1));
    const cas = await atomics.Cas.new(bucket, "k");
    expect(await cas.current()).toEqual(bytes(1));
    await atomics.swap(cas, bytes(2));
    expect(await bucket.get("k")).toEqual(bytes(2));
  });

  it("swaps a missing value without looking first", async () => {
    const { bucket, atomics } = await openDefault();
    await atomics.swap(await atomics.Cas.new(bucket, "k"), bytes(1));
    expect(await bucket.get("k")).toEqual(bytes(1));
  });

  it("fails when the value has changed, and hands out a handle that can try again", async () => {
    const { bucket, atomics } = await openDefault();
    await bucket.set("k", bytes(1));
    const cas = await atomics.Cas.new(bucket, "k");
    await cas.current();
    await bucket.set("k", bytes(7));
    const failure = (await witErrorOf(() => atomics.swap(cas, bytes(2)))) as { tag: string; val: Cas };
    expect(failure.tag).toBe("cas-failed");
    expect(failure.val).toBeInstanceOf(atomics.Cas);
    expect(await bucket.get("k")).toEqual(bytes(7));
    await atomics.swap(failure.val as typeof cas, bytes(3));
    expect(await bucket.get("k")).toEqual(bytes(3));
  });

  it("wraps a failure of the store", async () => {
    const update = () => Promise.reject(new PlaygroundError("store-unavailable", "no room"));
    const context = spinTestContext({
      metadata,
      backEnds: testBackEnds({ keyValue: { ...createMemoryKeyValueStores(), update } }),
    });
    const { store, atomics } = wasiKeyvalue(context);
    const cas = await atomics.Cas.new(await store.open("default"), "k");
    expect(await witErrorOf(() => atomics.swap(cas, bytes(1)))).toEqual({
      tag: "store-error",
      val: { tag: "other", val: "no room" },
    });
  });
});
