import { describe, expect, test } from "vitest";
import { checkDatabases, checkStores } from "./check-stores.ts";
import { parseManifest } from "./parse-manifest.ts";
import { component, faults, head, lock, route } from "./testing.ts";

describe("version 2", () => {
  test("the least there can be", () => {
    expect(lock(component)).toEqual({
      spin_lock_version: 0,
      metadata: { name: "app", triggers: {}, trigger: { type: "http" } },
      variables: {},
      triggers: [
        {
          id: "hello-http-trigger",
          trigger_type: "http",
          trigger_config: { component: "hello", route: "/..." },
        },
      ],
      components: [{ id: "hello", metadata: {}, source: { content_type: "application/wasm", source: "hello.wasm" } }],
    });
  });

  test("with everything", () => {
    const text = `#:schema https://schemas.spinframework.dev/spin/manifest-v2/latest.json
spin_manifest_version = 2

[application]
name = "everything"
version = "1.2.3"
description = "An application with all fields"
authors = ["Ada <ada@example.com>"]
targets = ["spin-up:3.3", { url = "https://example.com/env" }, { path = "env.toml" }]
[application.trigger.redis]
address = "redis://localhost:6379"
[application.tool.lint]
level = 3

[variables]
host = { default = "api.example", description = "Where the API is" }
token = { required = true, secret = true }

[[trigger.http]]
id = "front"
route = "/front/:id"
component = "front"
executor = { type = "wagi" }
[[trigger.http]]
route = "/static"
static_response = { status_code = 302, headers = { location = "/front/1" } }
[[trigger.http]]
route = { private = true }
component = "back-end"
[[trigger.redis]]
channel = "messages"
component = "back-end"

[component.front]
source = "./front.wasm"
description = "The front"
variables = { url = "https://{{ host }}/", auth = "{{ token }}" }
environment = { LANG = "en" }
files = ["assets/*.png", { source = "static", destination = "/" }]
exclude_files = ["**/*.bak"]
allowed_outbound_hosts = ["https://{{ host }}", "http://*.spin.internal"]
key_value_stores = ["default", "my-cache"]
sqlite_databases = ["default"]
ai_models = ["llama2-chat"]
targets = []
[component.front.build]
command = ["npm ci", "npm run build"]
workdir = "front"
watch = ["src/**/*"]
[component.front.tool.x]
y = 1

[component.back-end]
source = { url = "https://example.com/x.wasm", digest = "sha256:0011" }
dependencies_inherit_configuration = true
[component.back-end.dependencies]
"aws:client/s3" = ">= 0.1.0"
`;
    expect(faults(text)).toEqual([]);
    expect(lock(text)).toEqual({
      spin_lock_version: 1,
      must_understand: ["host_requirements"],
      metadata: {
        name: "everything",
        version: "1.2.3",
        description: "An application with all fields",
        authors: ["Ada <ada@example.com>"],
        triggers: { redis: { address: "redis://localhost:6379" } },
      },
      host_requirements: { local_service_chaining: "required" },
      variables: {
        host: { default: "api.example", description: "Where the API is" },
        token: { secret: true },
      },
      triggers: [
        {
          id: "front",
          trigger_type: "http",
          trigger_config: { component: "front", route: "/front/:id", executor: { type: "wagi" } },
        },
        {
          id: "http-trigger1",
          trigger_type: "http",
          trigger_config: {
            route: "/static",
            static_response: { status_code: 302, headers: { location: "/front/1" } },
          },
        },
        {
          id: "back-end-http-trigger",
          trigger_type: "http",
          trigger_config: { component: "back-end", route: { private: true } },
        },
        {
          id: "back-end-redis-trigger",
          trigger_type: "redis",
          trigger_config: { component: "back-end", channel: "messages" },
        },
      ],
      components: [
        {
          id: "front",
          metadata: {
            description: "The front",
            allowed_outbound_hosts: [
              "https://{{ host }}",
              "http://front.spin.internal",
              "http://back-end.spin.internal",
            ],
            key_value_stores: ["default", "my-cache"],
            databases: ["default"],
            ai_models: ["llama2-chat"],
            build: { command: ["npm ci", "npm run build"], workdir: "front", watch: ["src/**/*"] },
          },
          source: { content_type: "application/wasm", source: "front.wasm" },
          env: { LANG: "en" },
          config: { url: "https://{{ host }}/", auth: "{{ token }}" },
          files: [{ source: "assets/*.png" }, { source: "static", path: "/" }],
          exclude_files: ["**/*.bak"],
        },
        {
          id: "back-end",
          metadata: {},
          source: { content_type: "application/wasm", source: "https://example.com/x.wasm", digest: "sha256:0011" },
          dependencies: { "aws:client/s3": ">= 0.1.0" },
          dependencies_inherit_configuration: true,
        },
      ],
    });
  });

  test("a registry package as source", () => {
    const text = component.replace('"hello.wasm"', '{ registry = "r.example", package = "a:b", version = "1.0.0" }');
    expect(lock(text).components[0]?.source).toEqual({
      content_type: "application/wasm",
      registry: { registry: "r.example", package: "a:b", version: "1.0.0" },
    });
  });

  test("ids of triggers and of inline components", () => {
    const inline = `component = { source = "a.wasm" }\nroute = "/a"\n`;
    const text = `${head}${route}[[trigger.http]]\nroute = "/again"\ncomponent = "hello"
[[trigger.http]]\n${inline}[[trigger.http]]\nid = "No_Kebab"\n${inline}[[trigger.http]]\nid = "hello"\n${inline}
[component.hello]\nsource = "x"\n[component.hello-component]\nsource = "x"\n`;
    const { triggers, components } = lock(text);
    expect(triggers.map(({ id, trigger_config }) => [id, trigger_config["component"]])).toEqual([
      ["hello-http-trigger", "hello"],
      ["http-trigger1", "hello"],
      ["http-trigger2", "http-trigger2-component"],
      ["No_Kebab", "inline-component1"],
      ["hello", "inline-component2"],
    ]);
    expect(components.map(({ id }) => id)).toEqual([
      "hello",
      "hello-component",
      "http-trigger2-component",
      "inline-component1",
      "inline-component2",
    ]);
  });

  test("components by role", () => {
    const text = `${head}[[trigger.custom]]\ncomponents = { one = "hello", many = ["hello", { source = "x" }] }\nsetting = 1.5
[component.hello]\nsource = "x"\n`;
    expect(lock(text).triggers[0]).toEqual({
      id: "custom-trigger1",
      trigger_type: "custom",
      trigger_config: { setting: 1.5, components: { one: ["hello"], many: ["hello", "inline-component1"] } },
    });
  });

  test("a profile replaces source and build command, and adds to the environment", () => {
    const text = `${component}environment = { A = "1", B = "2" }\nbuild = { command = "make", workdir = "w" }
[component.hello.profile.debug]\nsource = "debug.wasm"\nenvironment = { B = "3" }\nbuild = { command = "make debug" }\n`;
    expect(lock(text).components[0]).toMatchObject({ source: { source: "hello.wasm" }, env: { A: "1", B: "2" } });
    expect(lock(text, { profile: "debug" }).components[0]).toEqual({
      id: "hello",
      metadata: { build: { command: "make debug", workdir: "w" } },
      source: { content_type: "application/wasm", source: "debug.wasm" },
      env: { A: "1", B: "3" },
    });
    expect(faults(text, { profile: "no" })).toEqual(['1:1 Profile "no" is not defined in this application']);
  });

  test("the deprecated allowed_http_hosts still counts, with a warning", () => {
    const text = `${component}allowed_outbound_hosts = ["redis://r"]\nallowed_http_hosts = ["a.example", "self"]\n`;
    expect(lock(text).components[0]?.metadata.allowed_outbound_hosts).toEqual([
      "redis://r",
      "http://a.example",
      "https://a.example",
      "http://self",
    ]);
    expect(faults(text)).toEqual([
      '10:1 Use of the deprecated field `allowed_http_hosts` - to fix, replace `allowed_http_hosts` with `allowed_outbound_hosts = ["http://a.example", "https://a.example", "http://self"]`',
    ]);
  });
});

describe("version 1", () => {
  const old = `spin_manifest_version = "1"
name = "old"
version = "0.1.0"
trigger = { type = "http", base = "/" }

[variables]
name = { default = "Ada" }

[[component]]
id = "Hello_World"
source = "hello.wasm"
config = { who = "{{ name }}" }
key_value_stores = ["default"]
[component.trigger]
route = "/hello/..."
executor = { type = "spin" }
[component.build]
command = "npm run build"
`;

  test("is converted", () => {
    expect(lock(old)).toEqual({
      spin_lock_version: 0,
      metadata: {
        name: "old",
        version: "0.1.0",
        triggers: { http: { base: "/" } },
        trigger: { type: "http", base: "/" },
      },
      variables: { name: { default: "Ada" } },
      triggers: [
        {
          id: "trigger-hello-world",
          trigger_type: "http",
          trigger_config: { component: "hello-world", route: "/hello/...", executor: { type: "spin" } },
        },
      ],
      components: [
        {
          id: "hello-world",
          metadata: {
            allowed_outbound_hosts: ["redis://*:*", "mysql://*:*", "postgres://*:*"],
            key_value_stores: ["default"],
            build: { command: "npm run build" },
          },
          source: { content_type: "application/wasm", source: "hello.wasm" },
          config: { who: "{{ name }}" },
        },
      ],
    });
  });

  test("may call its version field spin_version", () => {
    expect(lock(old.replace("spin_manifest_version", "spin_version"))).toEqual(lock(old));
  });

  test.each([
    [
      `allowed_http_hosts = ["a.example"]`,
      ["redis://*:*", "mysql://*:*", "postgres://*:*", "http://a.example", "https://a.example"],
    ],
    [`allowed_outbound_hosts = []`, undefined],
    [
      `allowed_outbound_hosts = ["http://b"]\nallowed_http_hosts = ["insecure:allow-all"]`,
      ["http://b", "http://*:*", "https://*:*", "http://self"],
    ],
  ])("%s", (line, hosts) => {
    const text = old.replace("[component.trigger]", `${line}\n[component.trigger]`);
    expect(lock(text).components[0]?.metadata.allowed_outbound_hosts).toEqual(hosts);
  });

  test("a base is honoured, with a warning that today's Spin is not so kind", () => {
    const [warning] = faults(old.replace('base = "/"', 'base = "/app"'));
    expect(warning).toMatch(/^4:28 This application is using the deprecated trigger 'base' field\. /);
  });

  test.each([
    [
      "a namespace",
      old.replace("\nversion", '\nnamespace = "x"\nversion'),
      "3:1 unknown field `namespace`, expected one of `spin_manifest_version`, `name`, `version`, `description`, `authors`, `trigger`, `variables`, `component`",
    ],
    ["no name", old.replace('name = "old"\n', ""), "1:1 missing field `name`"],
    ["no trigger", old.replace(/trigger = \{.*\n/, ""), "1:1 missing field `trigger`"],
    [
      "an id beyond repair",
      old.replace("Hello_World", "hello world"),
      "10:6 invalid ID `hello world`: '-'-separated words may only contain alphanumeric ASCII; got ' '",
    ],
    [
      "an id used twice",
      `${old}[[component]]\nid = "hello-world"\nsource = "x"\ntrigger = { route = "/x" }\n`,
      "20:6 cannot have duplicate component IDs: hello-world",
    ],
    [
      "a variable's name",
      old.replaceAll("name }}", "na-me }}").replace("[variables]\nname", "[variables]\nna-me"),
      "7:1 invalid ID `na-me`: words must be separated with '_', not '-'",
    ],
    [
      "a component variable's name",
      old.replace("{ who", "{ Who"),
      "12:12 invalid ID `Who`: '_'-separated words must be all lowercase or all UPPERCASE; got \"Who\"",
    ],
    ["no route", old.replace('route = "/hello/..."\n', ""), "14:1 missing field `route`"],
    ["no components", old.slice(0, old.indexOf("[[component]]")), "1:1 No triggers in app"],
    [
      "a bad HTTP host",
      old.replace("[component.trigger]", 'allowed_http_hosts = ["ok", "ftp://x"]\n[component.trigger]'),
      "14:29 One or more allowed_http_hosts entries was invalid:\nftp://x isn't a valid host or host:port string",
    ],
  ])("refuses %s", (_name, text, fault) => {
    expect(faults(text)).toEqual([fault]);
  });
});

test("an absolute working directory is only warned of: spin up does not look at it", () => {
  const text = `${component}build = { command = "x", workdir = "/tmp" }\n`;
  expect(lock(text).components[0]?.metadata.build).toEqual({ command: "x", workdir: "/tmp" });
  expect(faults(text)).toEqual(["9:26 The workdir specified in the application file must be relative."]);
});

describe("stores", () => {
  test("without a backing are refused at their place", () => {
    const result = parseManifest(
      `${component}key_value_stores = ["default",\n  "cache"]\nsqlite_databases = ["logs"]\n`,
    );
    if ("diagnostics" in result) throw new Error("refused");
    expect(checkStores(result.lockedApp, ["default"], result.positions)).toEqual([
      {
        severity: "error",
        code: "unknown-store",
        message: 'unknown key_value_stores label "cache" for component "hello": backed is only "default"',
        file: "spin.toml",
        line: 10,
        column: 3,
      },
    ]);
    expect(checkStores(result.lockedApp, ["default", "cache"], result.positions)).toEqual([]);
    expect(checkDatabases(result.lockedApp)).toEqual([
      {
        severity: "error",
        code: "unknown-store",
        message: 'unknown sqlite_databases label "logs" for component "hello": backed is only "default"',
      },
    ]);
  });

  test("of a version 1 manifest, whose component has another id there", () => {
    const result = parseManifest(
      `spin_manifest_version = "1"\nname = "x"\ntrigger = { type = "http" }\n[[component]]\nid = "A_b"\nsource = "x"\nkey_value_stores = ["y"]\ntrigger = { route = "/" }\n`,
    );
    if ("diagnostics" in result) throw new Error("refused");
    expect(checkStores(result.lockedApp, ["default"], result.positions)).toMatchObject([{ line: 7, column: 21 }]);
    expect(result.positions.trigger("trigger-a-b", "route")).toEqual({ line: 8, column: 21 });
  });
});

test("components that may ask all others share one list of them", () => {
  const component = (id: string): string =>
    `[component.${id}]\nsource = "x"\nallowed_outbound_hosts = ["http://*.spin.internal"]\n`;
  const trigger = '[[trigger.http]]\nroute = "/..."\ncomponent = "a"\n';
  const text = `spin_manifest_version = 2\n[application]\nname = "x"\n${trigger}${component("a")}${component("b")}`;
  const result = parseManifest(text);
  if ("diagnostics" in result) throw new Error("refused");
  const [first, second] = result.lockedApp.components.map(({ metadata }) => metadata.allowed_outbound_hosts);
  expect(first).toEqual(["http://a.spin.internal", "http://b.spin.internal"]);
  // With a list for each, thousands of components would have millions of entries.
  expect(second).toBe(first);
});
