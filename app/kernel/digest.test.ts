import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { digestOf, digestOfFiles, rememberDigest } from "./digest.ts";

it("is SHA-256 in hexadecimal", async () => {
  const expected = `sha256:${createHash("sha256").update("abc").digest("hex")}`;
  expect(await digestOf("abc")).toBe(expected);
  expect(await digestOf(new TextEncoder().encode("abc"))).toBe(expected);
});

it("trusts a digest that somebody computed", async () => {
  const bytes = new Uint8Array([1]);
  rememberDigest(bytes, "sha256:told");
  expect(await digestOf(bytes)).toBe("sha256:told");
  expect(await digestOf(new Uint8Array([1]))).not.toBe("sha256:told");
});

it("tells sets of files apart by path, content and kind, not by order", async () => {
  const digest = await digestOfFiles({ a: "1", b: "2" });
  expect(await digestOfFiles({ b: "2", a: "1" })).toBe(digest);
  const others = [
    { a: "1", b: "" },
    { a: "1" },
    { a: "12", b: "" },
    { a: "1", bc: "2" },
    { a: "1", b: new Uint8Array([50]) },
  ];
  const digests = await Promise.all(others.map((files) => digestOfFiles(files)));
  expect(new Set([digest, ...digests]).size).toBe(others.length + 1);
  expect(await digestOfFiles({ a: "1", b: "2" }, "command")).not.toBe(digest);
});
