import { describe, expect, test } from "vitest";
import { parseManifest } from "./parse-manifest.ts";
import { component, faults, head } from "./testing.ts";

describe("which version", () => {
  test.each([
    ["", "1:1 missing field `spin_manifest_version`"],
    ['name = "x"', "1:1 missing field `spin_manifest_version`"],
    ["spin_manifest_version = 1", "1:25 invalid manifest version: 1"],
    ['spin_manifest_version = "2"', '1:25 invalid manifest version: "2"'],
    ['spin_manifest_version = "0"', '1:25 invalid manifest version: "0"'],
    ["spin_manifest_version = 2.0", "1:25 invalid manifest version: 2.0"],
    ["spin_version = true", "1:16 invalid manifest version: true"],
  ])("%j", (text, fault) => {
    expect(faults(text)).toEqual([fault]);
  });
});

describe("text that is no TOML", () => {
  test.each([
    ["a = ", "toml-syntax", 1, 5],
    ["a = 1\na = 2", "toml-syntax", 2, 1],
    ['a = 1\n[b\nc = "x"', "toml-syntax", 2, 3],
  ])("%j", (text, code, line, column) => {
    const result = parseManifest(text, "apps/spin.toml");
    expect(result).toEqual({
      diagnostics: [{ severity: "error", code, file: "apps/spin.toml", line, column, message: expect.any(String) }],
    });
    const message = "diagnostics" in result ? result.diagnostics[0]?.message : undefined;
    expect(message).toMatch(new RegExp(`^TOML parse error at line ${line}, column ${column}: \\S`));
    expect(message).not.toContain("\n");
  });
});

const componentFields =
  "`source`, `description`, `variables`, `environment`, `files`, `exclude_files`, `allowed_http_hosts`, `allowed_outbound_hosts`, `key_value_stores`, `sqlite_databases`, `ai_models`, `targets`, `build`, `tool`, `dependencies_inherit_configuration`, `dependencies`, `profile`";

describe("refuses", () => {
  test.each<[string, string, string[]]>([
    [
      "a missing application",
      `spin_manifest_version = 2\ntrigger = {}\n`,
      ["1:1 missing field `application`", "2:11 No triggers in app"],
    ],
    ["a missing trigger", head, ["1:1 missing field `trigger`"]],
    ["a trigger without entries", `${head}[trigger]\n`, ["4:1 No triggers in app"]],
    ["a missing source", component.replace('source = "hello.wasm"\n', ""), ["7:1 missing field `source`"]],
    [
      "a source that is a number",
      component.replace('"hello.wasm"', "1"),
      [
        "8:10 data did not match any variant of untagged enum ComponentSource; expected a string, or { url, digest }, or { package, version }",
      ],
    ],
    [
      "an incomplete source",
      component.replace('"hello.wasm"', '{ url = "https://x" }'),
      ["8:10 missing field `digest`"],
    ],
    [
      "a source's unknown field",
      component.replace('"hello.wasm"', '{ url = "https://x", digest = "sha256:1", x = 1 }'),
      ["8:52 unknown field `x`, expected `url` or `digest`"],
    ],
    [
      "another digest",
      component.replace('"hello.wasm"', '{ url = "https://x", digest = "md5:1" }'),
      ["8:40 invalid `digest` \"md5:1\"; must start with 'sha256:'"],
    ],
    [
      "an unknown field of a component",
      `${component}rout = "/"\n`,
      [`9:1 unknown field \`rout\`, expected one of ${componentFields}`],
    ],
    [
      "an unknown field at the top",
      `x = 1\n${component}`,
      [
        "1:1 unknown field `x`, expected one of `spin_manifest_version`, `application`, `variables`, `trigger`, `component`",
      ],
    ],
    [
      "a field of version 1",
      `${component}config = {}\n`,
      [`9:1 unknown field \`config\`, expected one of ${componentFields}`],
    ],
    [
      "an unknown field of a build",
      `${component}build = { command = "x", environment = {} }\n`,
      ["9:26 unknown field `environment`, expected one of `command`, `workdir`, `watch`"],
    ],
    [
      "an unknown field of a variable",
      `${component}[variables]\na = { defalt = "x", required = true }\n`,
      ["10:7 unknown field `defalt`, expected one of `description`, `required`, `default`, `secret`"],
    ],
    ["a name that is a number", component.replace('"app"', "1"), ["3:8 invalid type: integer `1`, expected a string"]],
    [
      "an application that is a string",
      component.replace('[application]\nname = "app"', 'application = "app"'),
      ['2:15 invalid type: string "app", expected struct AppDetails'],
    ],
    ["files that are a string", `${component}files = "x"\n`, ['9:9 invalid type: string "x", expected a sequence']],
    [
      "an environment with a boolean",
      `${component}environment = { A = "a", B = true }\n`,
      ["9:30 invalid type: boolean `true`, expected a string"],
    ],
    [
      "components as an array",
      component.replace("[component.hello]", "[[component]]"),
      [
        '6:13 missing component "hello" configured for trigger "hello-http-trigger"',
        "7:1 invalid type: sequence, expected a map",
      ],
    ],
    [
      "a bad component id",
      component.replaceAll("hello]", "bad_id]").replace('"hello"', '"bad_id"'),
      ["6:13 words must be separated with '-', not '_'", "7:12 words must be separated with '-', not '_'"],
    ],
    [
      "a bad reference",
      component.replace('"hello"', '"1-2-3"'),
      [
        "6:13 '-'-separated words must start with an ASCII letter; got '1'",
        '6:13 missing component "1-2-3" configured for trigger "1-2-3-http-trigger"',
      ],
    ],
    [
      "a bad variable name",
      `${component}[variables]\n"bad+name" = { required = true }\n`,
      ["10:1 '_'-separated words may only contain alphanumeric ASCII; got '+'"],
    ],
    [
      "a bad store label",
      `${component}key_value_stores = ["default", "My Store"]\n`,
      ["9:32 expected kebab-case or snake_case"],
    ],
    [
      "a variable that is both",
      `${component}[variables]\na = { default = "x", required = true }\n`,
      ["10:1 must be `required` OR have a `default`"],
    ],
    [
      "a variable that is neither",
      `${component}[variables.a]\nsecret = true\n`,
      ["9:12 must be `required` OR have a `default`"],
    ],
    [
      "a default that is no string",
      `${component}[variables]\na = { default = 1 }\n`,
      ["10:17 invalid type: integer `1`, expected a string"],
    ],
    [
      "an open template",
      `${component}variables = { x = "{{ a" }\n`,
      ["9:19 invalid variable template: unmatched '{{' in template"],
    ],
    [
      "an unknown variable in a template",
      `${component}variables = { x = "{{ a }}" }\n`,
      ['9:19 invalid variable template: unknown variable "a"'],
    ],
    [
      "a bad host",
      `${component}allowed_outbound_hosts = [\n  "http://ok",\n  "http://x:y",\n]\n`,
      ['11:3 `allowed_outbound_hosts` is malformed: Invalid allowed host port "y": port "y" is not a number'],
    ],
    [
      "a bad old host",
      `${component}allowed_http_hosts = ["x/y"]\n`,
      [
        "9:23 `allowed_http_hosts` is malformed: One or more allowed_http_hosts entries was invalid:\nx/y contains a path, should be host and optional port only",
      ],
    ],
    [
      "an unknown component",
      component.replace('component = "hello"', 'component = "other"'),
      ['6:13 missing component "other" configured for trigger "other-http-trigger"'],
    ],
    [
      "a trigger with neither",
      component.replace('component = "hello"\n', ""),
      ["4:1 Triggers must specify either component or static_response - http-trigger1 has neither"],
    ],
    [
      "a trigger with both",
      component.replace('component = "hello"', 'component = "hello"\nstatic_response = {}'),
      ["4:1 Triggers must specify either component or static_response - hello-http-trigger has both"],
    ],
    ["a trigger without route", component.replace('route = "/..."\n', ""), ["4:1 missing field `route`"]],
    [
      "an unknown field of a trigger",
      component.replace('component = "hello"', 'component = "hello"\nfoo = 1'),
      ["7:1 unknown field `foo`, expected one of `component`, `static_response`, `route`, `executor`"],
    ],
    [
      "a route that is a number",
      component.replace('"/..."', "7"),
      ["5:9 data did not match any variant of untagged enum HttpTriggerRouteConfig; expected a string, or { private }"],
    ],
    [
      "a public private route",
      component.replace('"/..."', "{ private = false }"),
      ["5:9 route must be a string pattern or '{ private = true }': 'hello' has { private = false }"],
    ],
    [
      "a route that cannot be parsed",
      component.replace('"/..."', '"/a/:/b"'),
      ["5:9 Error parsing route /a/:/b associated with component hello: params must be named"],
    ],
    [
      "another executor",
      component.replace('component = "hello"', 'component = "hello"\nexecutor = { type = "x" }'),
      ["7:21 unknown variant `x`, expected `http` or `wagi`"],
    ],
    [
      "an entrypoint",
      component.replace(
        'component = "hello"',
        'component = "hello"\nexecutor = { type = "wagi", entrypoint = "main" }',
      ),
      ["7:42 Wagi component 'hello' cannot use deprecated 'entrypoint' field"],
    ],
    [
      "a status out of range",
      component.replace('component = "hello"', "static_response = { status_code = 70000 }"),
      ["6:35 invalid value: integer `70000`, expected u16"],
    ],
    [
      "a base",
      component.replace("[[trigger", '[application.trigger.http]\nbase = "/x"\n[[trigger'),
      [
        "5:8 This application is using the deprecated trigger 'base' field. The base must be prepended to each [[trigger.http]]'s 'route'.",
      ],
    ],
    [
      "a trigger of another type without component",
      `${component}[[trigger.cron]]\ncron_expression = "x"\n`,
      ["9:1 trigger \"cron-trigger1\" missing 'component' config field"],
    ],
    [
      "faults inside an inline component",
      component.replace('"hello"', '{ source = "x", sorce = "y" }'),
      [`6:29 unknown field \`sorce\`, expected one of ${componentFields}`],
    ],
  ])("%s", (_name, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  test("several faults together, in the order of the text", () => {
    const text = `${component.replace('"app"', "1")}rout = 1\n[variables]\na = {}\n`;
    expect(faults(text).map((fault) => fault.split(" ")[0])).toEqual(["3:8", "9:1", "11:1"]);
  });
});
