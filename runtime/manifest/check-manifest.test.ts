import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkManifest } from "./check-manifest.ts";
import { component } from "./testing.ts";

test("a label without a backing store is an error, unless it is backed", () => {
  const text = `${component}key_value_stores = ["cache"]\nsqlite_databases = ["logs"]\n`;
  expect(checkManifest(text)).toMatchObject({
    diagnostics: [
      {
        code: "unknown-store",
        message: 'unknown key_value_stores label "cache" for component "hello": backed is only "default"',
        line: 9,
      },
      {
        code: "unknown-store",
        message: 'unknown sqlite_databases label "logs" for component "hello": backed is only "default"',
        line: 10,
      },
    ],
  });
  expect(checkManifest(text, "spin.toml", { keyValueStores: ["cache"], databases: ["logs"] })).toHaveProperty(
    "lockedApp",
  );
});

test("routes are warned of", () => {
  const text = `${component}[[trigger.http]]\nroute = "/..."\ncomponent = "hello"\n`;
  expect(checkManifest(text)).toMatchObject({
    lockedApp: { triggers: [{ id: "hello-http-trigger" }, { id: "http-trigger1" }] },
    warnings: [{ code: "duplicate-route", severity: "warning", line: 5, column: 9 }],
  });
});

test("what cannot be parsed comes through as it is", () => {
  expect(checkManifest("x", "a/spin.toml")).toMatchObject({
    diagnostics: [{ code: "toml-syntax", file: "a/spin.toml" }],
  });
});

test.each(["http-ts", "http-js", "kv-counter"])("the template %s has a manifest without any finding", (name) => {
  const text = readFileSync(new URL(`../../templates/${name}/spin.toml`, import.meta.url), "utf8");
  expect(checkManifest(text)).toMatchObject({ lockedApp: { metadata: { name } }, warnings: [] });
});
