import { expect, test } from "vitest";
import { parseManifest } from "./parse-manifest.ts";
import { buildRoutes } from "../routing/routes.ts";

const manifests = [
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

/** The same sequence each run, so that a failure can be repeated (a 32-bit xorshift generator). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

// Split into UTF-16 code units: halves of a pair are among them.
const characters = `[]{}"'=.,#\n\r\t \\/:*-_0129azAZ\u0000é😀`.split("");
const values = [
  "1",
  "-0",
  "1e400",
  "true",
  '"x"',
  "[]",
  "{}",
  "1979-05-27",
  "nan",
  '""',
  "[1, {}]",
  '"{{"',
  "99999999999999999999",
];

function mutate(text: string, random: (below: number) => number): string {
  const at = random(text.length + 1);
  const lines = text.split("\n");
  const line = random(lines.length);
  switch (random(11)) {
    case 0:
      return text.slice(0, at) + (characters[random(characters.length)] ?? "") + text.slice(at + random(2));
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random(20));
    case 2:
      return text.slice(0, at);
    case 3:
      return [...lines.slice(0, line), ...lines.slice(line + 1)].join("\n");
    case 4:
      return [...lines, lines[line] ?? ""].join("\n");
    case 5:
    case 6:
    case 7:
    case 8:
    case 9:
      return lines
        .with(line, (lines[line] ?? "").replace(/=.*/s, `= ${values[random(values.length)] ?? ""}`))
        .join("\n");
    default: {
      const other = random(lines.length);
      return lines
        .with(line, lines[other] ?? "")
        .with(other, lines[line] ?? "")
        .join("\n");
    }
  }
}

test.each([
  ["arrays", `a = ${"[".repeat(20_000)}`],
  ["closed arrays", `a = ${"[".repeat(900)}${"]".repeat(900)}`],
  ["tables", `a = ${"{a=".repeat(20_000)}`],
  ["dotted keys", `a${".a".repeat(5000)} = 1`],
  ["a table's name", `[a${".a".repeat(5000)}]`],
])("absurdly deep %s are refused like anything else", (_name, text) => {
  expect(parseManifest(text)).toHaveProperty("diagnostics");
});

test.each(manifests)("a manifest that is then mutated is right at first", (text) => {
  expect(parseManifest(text)).toHaveProperty("lockedApp");
});

test(
  "mutations are accepted, or refused at a place inside the text, and nothing is thrown",
  { timeout: 60_000 },
  () => {
    const random = generator(20_230_321);
    let refused = 0;
    let beyondSyntax = 0;
    let accepted = 0;
    for (let round = 0; round < 3000; round++) {
      let text = manifests[random(manifests.length)] ?? "";
      for (let times = 1 + random(3); times > 0; times--) text = mutate(text, random);
      const result = parseManifest(text);
      if ("lockedApp" in result) {
        accepted++;
        structuredClone(result.lockedApp);
        buildRoutes(result.lockedApp, result.positions).table.match("/a/b");
      } else {
        refused++;
        if (result.diagnostics.every(({ code }) => code !== "toml-syntax")) beyondSyntax++;
        if (!result.diagnostics.some(({ severity }) => severity === "error"))
          expect.fail(`refused for nothing: ${text}`);
      }
      const lines = text.split("\n");
      for (const { line = 0, column = 0, message } of "diagnostics" in result ? result.diagnostics : result.warnings) {
        const inside = line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1;
        if (!inside) expect.fail(`${line}:${column} ${message} is outside of ${JSON.stringify(text)}`);
      }
    }
    // All ways must have been gone often, or the mutations show nothing.
    expect(refused).toBeGreaterThan(1000);
    expect(beyondSyntax).toBeGreaterThan(1000);
    expect(accepted).toBeGreaterThan(200);
  },
);
