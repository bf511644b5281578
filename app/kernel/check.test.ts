import { expect, it, vi } from "vitest";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import { checkWorkspace } from "./check.ts";
import { fakeManifest } from "./testing/fake-manifest.ts";

const fault = (file: string, message: string): Diagnostic => ({ severity: "error", code: "x", message, file, line: 3 });
const config = { providers: [], keyValueStores: ["default", "cache"], databases: ["default"] };
const readRuntimeConfig = () => Promise.resolve({ config, warnings: [] });
const readMocks = () => Promise.resolve({ rules: [{ url: "https://a/" }] });

it("tells that there is no manifest", async () => {
  const readManifest = vi.fn();
  const check = await checkWorkspace({ "src/a.ts": "" }, { readManifest, readMocks, readRuntimeConfig });
  expect(check).toMatchObject({ ok: false, code: "manifest-missing", diagnostics: [{ code: "manifest-missing" }] });
  expect(readManifest).not.toHaveBeenCalled();
});

it("gives the application, its mocks and warnings", async () => {
  const reading = fakeManifest({ components: { a: { source: "a.wasm" } }, warnings: [fault("spin.toml", "w")] });
  const check = await checkWorkspace(
    { "spin.toml": "", "mocks.json": "[]" },
    { readManifest: () => Promise.resolve(reading), readMocks, readRuntimeConfig },
  );
  expect(check).toMatchObject({
    ok: true,
    application: { mocks: [{ url: "https://a/" }], lockedApp: { components: [{ id: "a" }] } },
    warnings: [{ message: "w" }],
  });
});

it("reports faults of both files at once", async () => {
  const check = await checkWorkspace(
    { "spin.toml": "=", "mocks.json": "{" },
    {
      readManifest: () => Promise.resolve({ diagnostics: [fault("spin.toml", "no key")] }),
      readRuntimeConfig,
      readMocks: () => Promise.resolve({ diagnostics: [fault("mocks.json", "no JSON")] }),
    },
  );
  expect(check).toMatchObject({ ok: false, code: "manifest-invalid", message: "spin.toml is refused: no key" });
  expect(!check.ok && check.diagnostics.map(({ file }) => file)).toEqual(["spin.toml", "mocks.json"]);
});

it("gives the manifest's reader the stores of the runtime config, and the profile", async () => {
  const readManifest = vi.fn(() => Promise.resolve(fakeManifest({ components: {} })));
  const files = { "spin.toml": "", "runtime-config.toml": "" };
  const check = await checkWorkspace(files, { readManifest, readMocks, readRuntimeConfig }, "debug");
  expect(readManifest).toHaveBeenCalledWith("", "spin.toml", {
    paths: Object.keys(files),
    keyValueStores: ["default", "cache"],
    databases: ["default"],
    profile: "debug",
  });
  expect(check).toMatchObject({ ok: true, application: { runtime: config } });
});

it("refuses an application for its runtime config, and says nothing of stores then", async () => {
  const unknown: Diagnostic = { severity: "error", code: "unknown-store", message: "cache" };
  const check = await checkWorkspace(
    { "spin.toml": "", "runtime-config.toml": "x" },
    {
      readManifest: () => Promise.resolve({ diagnostics: [unknown] }),
      readMocks,
      readRuntimeConfig: (_text, file) => Promise.resolve({ diagnostics: [fault(file, "no key")] }),
    },
  );
  expect(check).toMatchObject({
    ok: false,
    code: "file-invalid",
    message: "runtime-config.toml is refused: no key",
    diagnostics: [{ message: "no key" }],
  });
});

it("refuses an application for its mocks alone", async () => {
  const check = await checkWorkspace(
    { "spin.toml": "", "mocks.json": "{" },
    {
      readManifest: () => Promise.resolve(fakeManifest({ components: {} })),
      readRuntimeConfig,
      readMocks: () => Promise.resolve({ diagnostics: [fault("mocks.json", "no JSON")] }),
    },
  );
  expect(check).toMatchObject({ ok: false, code: "file-invalid", message: "mocks.json is refused: no JSON" });
});
