import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Diagnostic } from "../diagnostic.ts";
import { buildRoutes } from "../routing/routes.ts";
import { allows, parseAllowedHosts } from "./allowed-hosts.ts";
import { checkManifest } from "./check-manifest.ts";
import { checkMounts } from "./check-mounts.ts";
import { generator, mutateBytes, mutateStructure, mutateText } from "./mutating.ts";
import { parseManifest } from "./parse-manifest.ts";

const everyField = ["an-application-with-every-field", "an-application-of-version-1-with-every-field"];
const manifests = [
  ...everyField.map((name) => {
    const file = new URL(`../../tests/conformance/locked/${name}/spin.toml`, import.meta.url);
    return readFileSync(file, "utf8");
  }),
  `spin_manifest_version = 2

[application]
name = "mutant"
authors = ["a", 'b']
[variables]
host = { default = "a.example" }
token = { required = true, secret = true }

[[trigger.http]]
route = "/api/:id.json"
component = "api"
[[trigger.http]]
route = "/..."
component = { source = "inline.wasm", files = [{ source = "s", destination = "/" }, "a/*"] }
executor = { type = "wagi", argv = """x""" }
[[trigger.http]]
route = "/static"
static_response = { status_code = 204 }

[component.api]
source = { url = "https://a.example/x.wasm", digest = "sha256:00" }
variables = { url = "https://{{ host }}/" }
allowed_outbound_hosts = ["https://*.a.example:1..2", "http://fd00::/8:*", "https://{{ host }}"]
key_value_stores = ["default"]
[component.api.build]
command = ["a", "b"] # two
[component.api.dependencies]
"a:b/c@1.0.0" = { path = "x.wasm" }
`,
  `spin_version = "1"
name = "mutant"
trigger = { type = "http", base = "/x" }
[variables]
a = { default = '''b''' }
[[component]]
id = "one_two"
source = "a.wasm"
config = { x = "{{ a }}" }
allowed_http_hosts = ["a.example:1", "insecure:allow-all"]
[component.trigger]
route = "/..."
[[component]]
id = "b"
source = "b.wasm"
trigger.route = "/b"
`,
];

/** The workspace that the manifests mount files of. */
const workspace = ["s/a.txt", "a/b.txt", "a/b/c.txt", "x.wasm", "inline.wasm"];

test.each([
  ["arrays", `a = ${"[".repeat(20_000)}`],
  ["closed arrays", `a = ${"[".repeat(900)}${"]".repeat(900)}`],
  ["tables", `a = ${"{a=".repeat(20_000)}`],
  ["dotted keys", `a${".a".repeat(5000)} = 1`],
  ["a table's name", `[a${".a".repeat(5000)}]`],
])("absurdly deep %s are refused like anything else", (_name, text) => {
  expect(parseManifest(text)).toHaveProperty("diagnostics");
});

const many = <T>(make: (index: number) => T): T[] => Array.from({ length: 5000 }, (_, index) => make(index));
test.each([
  ["triggers without ids", many((index) => `[[trigger.http]]\nroute = "/${index}"\ncomponent = "a"`)],
  ["inline components", many(() => `[[trigger.x]]\ncomponents = { m = [{ source = "a" }, { source = "b" }] }`)],
])("many %s take no time of their own", (_name, triggers) => {
  const head = `spin_manifest_version = 2\napplication.name = "many"\ncomponent.a.source = "a.wasm"`;
  const before = process.cpuUsage();
  expect(checkManifest([head, ...triggers].join("\n"))).toHaveProperty("lockedApp");
  expect(processorTime(before), "milliseconds").toBeLessThan(5000);
});

test.each(manifests)("a manifest that is then mutated is right at first", (text) => {
  expect(parseManifest(text)).toHaveProperty("lockedApp");
});

test.each([
  ["the text", mutateText, 20_230_321],
  ["the bytes", mutateBytes, 20_231_102],
  ["the structure", mutateStructure, 20_260_420],
])(
  "mutations of %s are accepted, or refused at a place inside it; nothing is thrown, nothing takes a second",
  { timeout: 60_000 },
  (_name, mutate, seed) => {
    const random = generator(seed);
    const counts = { accepted: 0, refused: 0, beyondSyntax: 0 };
    let slowest = 0;
    for (let round = 0; round < 1000; round++) {
      let text = manifests[random(manifests.length)] ?? "";
      for (let times = 1 + random(3); times > 0; times--) text = mutate(text, random);
      // Time of the processor: what else the machine does takes part in any other.
      const before = process.cpuUsage();
      const diagnostics = check(text, counts);
      slowest = Math.max(slowest, processorTime(before));
      const lines = text.split("\n");
      for (const { line = 0, column = 0, message } of diagnostics) {
        const inside = line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1;
        if (!inside) expect.fail(`${line}:${column} ${message} is outside of ${JSON.stringify(text)}`);
      }
    }
    // A hang, and not speed: these take a millisecond.
    expect(slowest, "milliseconds").toBeLessThan(1000);
    // All ways must have been gone often, or the mutations show nothing.
    expect(counts.refused).toBeGreaterThan(200);
    expect(counts.beyondSyntax).toBeGreaterThan(100);
    expect(counts.accepted).toBeGreaterThan(30);
  },
);

/** Milliseconds. */
function processorTime(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** All that is done with a manifest before anything is built; what was found, and it counts what became of it. */
function check(text: string, counts: { accepted: number; refused: number; beyondSyntax: number }): Diagnostic[] {
  const result = checkManifest(text);
  if ("lockedApp" in result) {
    counts.accepted++;
    structuredClone(result.lockedApp);
    buildRoutes(result.lockedApp, result.positions).table.match("/a/b");
    for (const { metadata } of result.lockedApp.components) {
      allows("https://b.a.example:1", parseAllowedHosts(metadata.allowed_outbound_hosts ?? []));
    }
    return [...result.warnings, ...checkMounts(result.lockedApp, workspace, result.positions).diagnostics];
  }
  counts.refused++;
  if (result.diagnostics.every(({ code }) => code !== "toml-syntax")) counts.beyondSyntax++;
  if (!result.diagnostics.some(({ severity }) => severity === "error")) expect.fail(`refused for nothing: ${text}`);
  return result.diagnostics;
}
