import { expect, it } from "vitest";
import { deployedMounts } from "./deployed-mounts.ts";
import { digestOf } from "./digest.ts";

it("names each content once, whatever is mounted where", async () => {
  const bytes = new Uint8Array([1, 2]);
  const files = { "a.txt": "same", "b.txt": "same", "c.bin": bytes, "unused.txt": "x" };
  const mounts = { one: { "a.txt": "a.txt", "sub/b": "b.txt" }, two: { c: "c.bin" }, none: {} };
  const [same, binary] = await Promise.all([digestOf("same"), digestOf(bytes)]);
  expect(await deployedMounts({ mounts }, files)).toEqual({
    digests: { one: { "a.txt": same, "sub/b": same }, two: { c: binary }, none: {} },
    contents: { [same]: "same", [binary]: bytes },
  });
});

it("leaves out what is not there yet", async () => {
  const { digests } = await deployedMounts({ mounts: { one: { "a.wasm": "dist/a.wasm" } } }, {});
  expect(digests).toEqual({ one: {} });
});
