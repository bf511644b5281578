import { expect, test } from "vitest";
import { formatBytes } from "./format-bytes.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [1440, "1.4 kB"],
  [9_960, "10 kB"],
  [14_200_000, "14 MB"],
  [999_999, "1.0 MB"],
  [3_200_000_000_000, "3200 GB"],
])("%d bytes read %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
