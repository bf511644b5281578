import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bodySizeErrorCodes, internalError, outboundErrorCodes, unseenErrorCodes } from "./outbound-error-codes.ts";

it("has every error-code of the WIT: either a guest can get it, or it is listed as one that it cannot", () => {
  const folder = "../../node_modules/@bytecodealliance/jco/lib/wit/builtin/0.2.12/wasi-http/package.wit";
  const wit = readFileSync(fileURLToPath(new URL(folder, import.meta.url)), "utf8");
  const [, cases = ""] = /variant error-code \{([^}]*)\}/.exec(wit) ?? [];
  const published = [...cases.matchAll(/^\s*([\w-]+)/gm)].map((match) => match[1] ?? "");
  expect(published).toHaveLength(39);
  const seen = new Set<string>(Object.values(outboundErrorCodes).map(({ tag }) => tag));
  for (const tag of Object.values(bodySizeErrorCodes)) seen.add(tag);
  seen.add(internalError("").tag);
  expect([...seen, ...unseenErrorCodes].sort()).toEqual(published.sort());
});
