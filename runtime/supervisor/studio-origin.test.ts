import { expect, test } from "vitest";
import { studioOrigin } from "./studio-origin.ts";

test.each([
  ["http:", "a1.play.localhost:5173", "http://play.localhost:5173"],
  ["https:", "a1.play.example.com", "https://play.example.com"],
])("%s//%s belongs to %s", (protocol, host, expected) => {
  expect(studioOrigin({ protocol, host })).toBe(expected);
});
