import { expect, it } from "vitest";
import { parseManifest } from "../../runtime/manifest/parse-manifest.ts";
import { componentId, executorOf, wasmApplication } from "./wasm-application.ts";

const wasm = (name: string, executor: "http" | "wagi" = "http") => ({ name, bytes: new Uint8Array(8), executor });
const parsed = (files: Record<string, unknown>) => parseManifest(String(files["spin.toml"]), "spin.toml");

it.each([
  ["hello.wasm", "hello"],
  ["Hello_World (1).WASM", "hello-world-v1"],
  ["1.wasm", "v1"],
  ["ü.wasm", "component"],
  ['"]\n[x.wasm', "x"],
])("makes of the file %j the component %j", (name, id) => {
  expect(componentId(name)).toBe(id);
  const files = wasmApplication([wasm(name)]);
  expect(Object.keys(files)).toEqual([`${id}.wasm`, "spin.toml"]);
  expect(parsed(files)).toMatchObject({ lockedApp: { components: [{ id, source: { source: `${id}.wasm` } }] } });
});

it("gives a command the WAGI executor, and several components a route each", () => {
  const files = wasmApplication([wasm("a.wasm"), wasm("A.wasm", "wagi")]);
  expect(parsed(files)).toMatchObject({
    lockedApp: {
      triggers: [
        { trigger_config: { component: "a", route: "/a/..." } },
        { trigger_config: { component: "a-v2", route: "/a-v2/...", executor: { type: "wagi" } } },
      ],
    },
  });
});

it("lets the kind decide the executor", () => {
  expect(executorOf({ kind: "component", handler: "wasi:http/incoming-handler@0.2.0", imports: [] })).toBe("http");
  expect(executorOf({ kind: "spin-1", handler: "handle-http-request", imports: [] })).toBe("http");
  expect(executorOf({ kind: "command", handler: "_start", imports: [] })).toBe("wagi");
});
