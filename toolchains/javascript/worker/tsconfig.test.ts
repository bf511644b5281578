import { expect, it } from "vitest";
import { sourceTree } from "./source-tree.ts";
import { compilerOptionsOf } from "./tsconfig.ts";

const read = (text: string, workdir = "") =>
  compilerOptionsOf(sourceTree({ [workdir === "" ? "tsconfig.json" : `${workdir}/tsconfig.json`]: text }, {}), workdir);

it("reads what changes the output, comments and trailing commas allowed", () => {
  const text = `{ // a comment with "quotes"
    "compilerOptions": { "jsx": "react-jsx", /* and */ "jsxImportSource": "hono//jsx", "strict": true, },
  }`;
  expect(read(text)).toEqual({ jsx: "react-jsx", jsxImportSource: "hono//jsx" });
});

it("reads the component's own", () => {
  expect(read(`{"compilerOptions":{"experimentalDecorators":true}}`, "api")).toEqual({ experimentalDecorators: true });
});

it.each(["{", "null", "[]", `{"compilerOptions":1}`])("is no obstacle when it is %s", (text) => {
  expect(read(text)).toBeUndefined();
});
