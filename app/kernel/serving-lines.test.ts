import { expect, it } from "vitest";
import { servingLines } from "./serving-lines.ts";

const routes = [
  { id: "home", route: "/", wildcard: false },
  { id: "a", route: "/a", wildcard: true },
];
const component = (id: string, description?: string) => ({
  id,
  metadata: description === undefined ? {} : { description },
  source: { content_type: "application/wasm" as const },
});
const lockedApp = {
  spin_lock_version: 0 as const,
  metadata: { name: "x" },
  variables: {},
  triggers: [],
  components: [component("a", "Says a"), component("home")],
};

it("is in the order in which routes are tried, and that of the manifest for one of version 1", () => {
  expect(servingLines("http://x.play.localhost", { lockedApp, version: 2 }, routes)).toEqual([
    "Serving http://x.play.localhost",
    "Available Routes:",
    "  home: http://x.play.localhost",
    "  a: http://x.play.localhost/a (wildcard)",
    "    Says a",
  ]);
  expect(servingLines("http://x", { lockedApp, version: 1 }, routes).slice(2)).toEqual([
    "  a: http://x/a (wildcard)",
    "    Says a",
    "  home: http://x",
  ]);
});
