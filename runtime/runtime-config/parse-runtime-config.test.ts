import { describe, expect, it } from "vitest";
import { parseRuntimeConfig } from "./parse-runtime-config.ts";

const config = (text: string) => {
  const result = parseRuntimeConfig(text);
  return "config" in result ? result.config : result.diagnostics.map(({ message }) => message);
};
/** `line:column code message` of everything that is said. */
const said = (text: string): string[] => {
  const result = parseRuntimeConfig(text);
  const found = "config" in result ? result.warnings : result.diagnostics;
  return found.map(({ severity, line, column, code, message }) => `${severity} ${line}:${column} ${code} ${message}`);
};

it("is nothing but the default store when it is empty", () => {
  expect(parseRuntimeConfig("")).toEqual({
    config: { providers: [], keyValueStores: ["default"], databases: ["default"] },
    warnings: [],
  });
});

describe("variables providers", () => {
  it("come in their order", () => {
    const text = `
[[variables_provider]]
type = "static"
values = { a = "1", b = "" }

[[variables_provider]]
type = "vault"
url = "http://127.0.0.1:8200"
token = "root"
mount = "secret"
prefix = "app"

[[variables_provider]]
type = "open_bao"
url = "u"
token = "t"
mount = "m"
`;
    expect(config(text)).toMatchObject({
      providers: [
        { type: "static", values: { a: "1", b: "" } },
        { type: "vault", url: "http://127.0.0.1:8200", token: "root", mount: "secret", prefix: "app" },
        { type: "vault", url: "u", token: "t", mount: "m" },
      ],
    });
    expect(said(text)).toEqual([]);
  });

  it("have an older name, which counts only without the new one", () => {
    expect(config('[[config_provider]]\ntype = "static"\nvalues = { a = "1" }')).toMatchObject({
      providers: [{ values: { a: "1" } }],
    });
    expect(said('config_provider = []\n[[variables_provider]]\ntype = "static"\nvalues = {}')).toEqual([
      "error 1:1 unused-key unused runtime config key(s): config_provider",
    ]);
  });

  it("of the environment give nothing, which is said at their place", () => {
    const text = '[[variables_provider]]\ntype = "env"\nprefix = "MY"\ndotenv_path = ".env"';
    expect(config(text)).toMatchObject({ providers: [] });
    expect(said(text)).toEqual([expect.stringMatching(/^warning 2:1 not-in-a-tab A browser tab has no environment/)]);
  });

  it("of Azure are refused", () => {
    expect(said('[[variables_provider]]\ntype = "azure_key_vault"\nvault_url = "u"')).toEqual([
      expect.stringMatching(/^error 2:8 not-in-a-tab Azure Key Vault is not there in a browser tab/),
    ]);
  });

  it.each([
    ["[[variables_provider]]", "error 1:1 missing-field missing field `type`"],
    [
      '[[variables_provider]]\ntype = "file"',
      "error 2:8 invalid-value unknown variant `file`, expected one of `azure_key_vault`, `static`, `vault`, `env`",
    ],
    ["[[variables_provider]]\ntype = 1", "error 2:8 invalid-type invalid type: integer `1`, expected a string"],
    ['[[variables_provider]]\ntype = "static"', "error 1:1 missing-field missing field `values`"],
    [
      '[[variables_provider]]\ntype = "static"\nvalues = { a = 1 }',
      "error 3:16 invalid-type invalid type: integer `1`, expected a string",
    ],
    [
      '[[variables_provider]]\ntype = "static"\nvalues = "x"',
      'error 3:10 invalid-type invalid type: string "x", expected a map',
    ],
    [
      '[[variables_provider]]\ntype = "vault"\nurl = "u"\nmount = "m"\ntoken = "t"\nnamespace = "n"',
      "error 6:1 unknown-field unknown field `namespace`, expected one of `url`, `token`, `mount`, `prefix`",
    ],
    [
      '[[variables_provider]]\ntype = "env"\npath = ".env"',
      "error 3:1 unknown-field unknown field `path`, expected `prefix` or `dotenv_path`",
    ],
    ['variables_provider = "env"', 'error 1:22 invalid-type invalid type: string "env", expected a sequence'],
  ])("are refused: %j", (text, message) => {
    expect(said(text).filter((one) => one.startsWith("error"))).toEqual([message]);
  });

  it("says everything that is missing", () => {
    expect(config('[[variables_provider]]\ntype = "vault"\nurl = "u"')).toEqual([
      "missing field `token`",
      "missing field `mount`",
    ]);
  });
});

describe("key-value stores", () => {
  it("of type spin are backed, beside the default", () => {
    expect(config('[key_value_store.cache]\ntype = "spin"\npath = "x.db"')).toMatchObject({
      keyValueStores: ["default", "cache"],
    });
    expect(config('[key_value_store.default]\ntype = "spin"')).toMatchObject({ keyValueStores: ["default"] });
  });

  it.each(["redis", "azure_cosmos", "aws_dynamo"])("of type %s are not there", (type) => {
    const text = `[key_value_store.cache]\ntype = "${type}"`;
    expect(config(text)).toMatchObject({ keyValueStores: ["default"] });
    expect(said(text)).toEqual([expect.stringMatching(/^warning 2:1 not-in-a-tab .*nothing backs the label "cache"/)]);
  });

  it("may take the default away", () => {
    expect(config('[key_value_store.default]\ntype = "redis"\nurl = "redis://x"')).toMatchObject({
      keyValueStores: [],
    });
  });

  it("of an unknown type are refused in Spin's words", () => {
    expect(said('[key_value_store.cache]\ntype = "sqlite"')).toEqual([
      "error 2:8 invalid-value could not configure key-value store with label 'cache': the store type 'sqlite' was not " +
        "registered with the config resolver",
    ]);
    expect(said("[key_value_store.cache]\nurl = 'x'")).toEqual(["error 1:1 missing-field missing field `type`"]);
    expect(said("key_value_store = 1")).toEqual(["error 1:19 invalid-type invalid type: integer `1`, expected a map"]);
  });
});

describe("SQLite databases", () => {
  it("of type spin are backed, beside the default", () => {
    expect(config('[sqlite_database.logs]\ntype = "spin"\npath = "x.db"')).toMatchObject({
      databases: ["default", "logs"],
    });
  });

  it("of type libsql are not there, and may take the default away", () => {
    const text = '[sqlite_database.default]\ntype = "libsql"\nurl = "https://x"\ntoken = "t"';
    expect(config(text)).toMatchObject({ databases: [] });
    expect(said(text)).toEqual([
      expect.stringMatching(/^warning 2:1 not-in-a-tab .*nothing backs the label "default"/),
    ]);
  });

  it("of an unknown type are refused in Spin's words", () => {
    expect(said('[sqlite_database.logs]\ntype = "mysql"')).toEqual([
      "error 2:8 invalid-value Unknown database kind: mysql",
    ]);
  });
});

describe("the rest", () => {
  it("is taken where it means nothing here", () => {
    const text =
      'state_dir = "s"\nlog_dir = ""\n[outbound_http]\nconnection_pooling = true\n[outbound_pg]\nmax_connections = 3';
    expect([config(text), said(text)]).toEqual([
      { providers: [], keyValueStores: ["default"], databases: ["default"] },
      [],
    ]);
  });

  it("limits memory", () => {
    expect(config("max_instance_memory = 1_048_576")).toMatchObject({ maxInstanceMemory: 1_048_576 });
    // As Spin does, which asks for an integer and takes anything else for nothing.
    expect(config('max_instance_memory = "1GB"')).toEqual({
      providers: [],
      keyValueStores: ["default"],
      databases: ["default"],
    });
    expect(said("max_instance_memory = -1")).toEqual([
      "error 1:23 invalid-value out of range integral type conversion attempted",
    ]);
  });

  it("is warned of where something does not hold in a tab", () => {
    const text = `[sqlite_database.default]
type = "libsql"
[llm_compute]
type = "spin"
[[client_tls]]
component_ids = ["a"]
[outbound_networking]
block_networks = ["private"]
`;
    expect(said(text).map((one) => one.split(" ").slice(0, 3).join(" "))).toEqual([
      "warning 2:1 not-in-a-tab",
      "warning 3:2 not-in-a-tab",
      "warning 5:3 not-in-a-tab",
      "warning 7:2 not-in-a-tab",
    ]);
    expect(said('[sqlite_database.x]\ntype = "mysql"')).toEqual([
      "error 2:8 invalid-value Unknown database kind: mysql",
    ]);
  });

  it("refuses keys that Spin does not know, all in one", () => {
    expect(said('state_dir = ""\nfoo = 1\n[bar]\n')).toEqual([
      "error 2:1 unused-key unused runtime config key(s): foo, bar",
    ]);
  });

  it("refuses what is no TOML, with its place", () => {
    expect(said("a = ")).toEqual([
      expect.stringMatching(/^error 1:\d+ toml-syntax TOML parse error at line 1, column/),
    ]);
  });
});
