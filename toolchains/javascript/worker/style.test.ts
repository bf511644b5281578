import { expect, it } from "vitest";
import { detectStyle, usesOldSdk } from "./style.ts";

const sdk = (version: string) => ({ dependencies: { "@fermyon/spin-sdk": version } });
const detect = (exports: string[], code = "", packageJson?: Parameters<typeof usesOldSdk>[0]) =>
  detectStyle({ entry: "src/index.ts", exports, code, packageJson });

it.each([
  ["listener", detect([], `addEventListener("fetch", handle)`)],
  ["listener", detect(["handler"], `addEventListener( 'fetch', handle)`)],
  ["sdk-2", detect(["handler"], "", sdk("^2.0.0"))],
  ["sdk-2", detect(["handler"])],
  ["sdk-1", detect(["handler"], "", sdk("^0.6.0"))],
  ["sdk-1", detect(["handler"], "spinSdk.kv.openDefault()")],
  ["sdk-1", detect(["handleRequest"], "", sdk("^2.0.0"))],
])("tells the style %s", (style, detected) => {
  expect(detected).toBe(style);
});

it("says how to handle requests where nothing does", () => {
  expect(detect(["x"])).toMatchObject({ code: "handler-missing", file: "src/index.ts", line: 1 });
  expect(detect(["incomingHandler"])).toMatchObject({ code: "handler-unsupported" });
});

it("takes the SDK's version wherever it is named", () => {
  expect(usesOldSdk({ devDependencies: { "@fermyon/spin-sdk": "~0.5" } })).toBe(true);
  expect(usesOldSdk(sdk("2"))).toBe(false);
  expect(usesOldSdk({})).toBeUndefined();
  expect(usesOldSdk(undefined)).toBeUndefined();
});
