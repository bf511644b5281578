import { expect, test } from "vitest";
import { decodeText } from "./text-detection.ts";

test("UTF-8 text comes back as it is", () => {
  expect(decodeText(new TextEncoder().encode("Grüße\n\tSpin \u001b[31m"))).toBe("Grüße\n\tSpin \u001b[31m");
  expect(decodeText(new Uint8Array())).toBe("");
});

test("invalid UTF-8 and control characters are no text", () => {
  expect(decodeText(Uint8Array.of(0xff, 0xfe))).toBeUndefined();
  expect(decodeText(Uint8Array.of(0x00, 0x61, 0x73, 0x6d))).toBeUndefined();
});
