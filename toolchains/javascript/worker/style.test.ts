import { expect, it } from "vitest";
import { noHandler, possibleStyles, usesOldSdk } from "./style.ts";

const sdk = (version: string) => ({ dependencies: { "@fermyon/spin-sdk": version } });
const styles = (exports: string[], code = "", packageJson?: Parameters<typeof usesOldSdk>[0]) =>
  possibleStyles({ exports, code, packageJson });

it.each([
  ["a listener", ["listener"], styles([], `addEventListener("fetch", handle)`)],
  ["what exports nothing, whatever it says", ["listener"], styles([], `add("fetch", handle)`)],
  ["a handler of SDK 2", ["sdk-2"], styles(["handler"], "", sdk("^2.0.0"))],
  ["a handler, with no word about the SDK", ["sdk-2"], styles(["handler"])],
  ["a handler of the old SDK", ["sdk-1"], styles(["handler"], "", sdk("^0.6.0"))],
  ["a handler that uses the old globals", ["sdk-1"], styles(["handler"], "spinSdk.kv.openDefault()")],
  ["handleRequest", ["sdk-1"], styles(["handleRequest"], "", sdk("^2.0.0"))],
  ["a handler with a call in the bundle", ["listener", "sdk-2"], styles(["handler"], `addEventListener( 'fetch', f)`)],
])("tells the possible styles of %s", (_what, expected, found) => {
  expect(found).toEqual(expected);
});

it("says how to handle requests where nothing does", () => {
  expect(noHandler("src/index.ts", ["x"])).toMatchObject({ code: "handler-missing", file: "src/index.ts", line: 1 });
  expect(noHandler("src/index.ts", ["incomingHandler"])).toMatchObject({ code: "handler-unsupported" });
});

it("takes the SDK's version wherever it is named", () => {
  expect(usesOldSdk({ devDependencies: { "@fermyon/spin-sdk": "~0.5" } })).toBe(true);
  expect(usesOldSdk(sdk("2"))).toBe(false);
  expect(usesOldSdk({})).toBeUndefined();
  expect(usesOldSdk(undefined)).toBeUndefined();
});
