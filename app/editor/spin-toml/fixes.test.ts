import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import { checkManifest } from "../../../runtime/manifest/check-manifest.ts";
import { applyEdits } from "./edits/text-edit.ts";
import { fixesFor, improvementsAt } from "./fixes.ts";

const head = `spin_manifest_version = 2
[application]
name = "a" # the name
`;
const trigger = `
[[trigger.http]]
route = "/..."
component = "web"
`;
const component = (lines: string): string => `${head}${trigger}
# The one component.
[component.web]
source = "web.wasm"
${lines}`;

function findings(text: string): Diagnostic[] {
  const result = checkManifest(text);
  return "diagnostics" in result ? result.diagnostics : result.warnings;
}

/** The text after each fix of the finding with that code, by the fix's title. */
function fixed(text: string, code: string): Record<string, string> {
  const finding = findings(text).find((one) => one.code === code);
  if (finding === undefined) throw new Error(`no ${code} in ${JSON.stringify(findings(text))}`);
  const results = fixesFor(text, finding).map(({ title, edits }) => [title, applyEdits(text, edits)] as const);
  for (const [, result] of results) expect(findings(result).filter((one) => one.code === code)).toEqual([]);
  return Object.fromEntries(results);
}

describe("an entry that a component would have needed", () => {
  const grant = (lines: string, entry = "https://b"): string | undefined => {
    const text = component(lines);
    const finding: Diagnostic = {
      severity: "warning",
      code: "outbound-denied",
      message: "",
      grant: { component: "web", field: "allowed_outbound_hosts", entry },
    };
    const [fix, ...others] = fixesFor(text, finding);
    expect(others).toEqual([]);
    if (fix === undefined) return undefined;
    expect(fix.title).toBe(`Add "${entry}" to allowed_outbound_hosts of web`);
    const result = applyEdits(text, fix.edits);
    const checked = checkManifest(result);
    const [locked] = "lockedApp" in checked ? checked.lockedApp.components : [];
    expect(locked?.metadata.allowed_outbound_hosts).toContain(entry);
    expect(result.startsWith(component(""))).toBe(true);
    return result.slice(component("").length);
  };

  test.each<[string, string, string]>([
    ["no list", "", ""],
    [
      "no list, and a table after it",
      `\n[component.web.build]\ncommand = "x"\n`,
      `\n[component.web.build]\ncommand = "x"\n`,
    ],
  ])("is a new line with %s", (_name, lines, rest) => {
    const text = component(lines);
    const finding = { severity: "warning", code: "outbound-denied", message: "" } as const;
    const grantOf = { component: "web", field: "allowed_outbound_hosts", entry: "https://b" } as const;
    const [fix] = fixesFor(text, { ...finding, grant: grantOf });
    const result = applyEdits(text, fix?.edits ?? []);
    expect(result).toBe(component(`allowed_outbound_hosts = ["https://b"]\n${rest}`));
    expect(checkManifest(result)).toHaveProperty("lockedApp");
  });

  test.each<[string, string, string]>([
    ["an empty list", `allowed_outbound_hosts = []\n`, `allowed_outbound_hosts = ["https://b"]\n`],
    ["a list with a blank", `allowed_outbound_hosts = [ ] # none\n`, `allowed_outbound_hosts = ["https://b"] # none\n`],
    [
      "a comment alone",
      `allowed_outbound_hosts = [\n  # none\n]\n`,
      `allowed_outbound_hosts = ["https://b"\n  # none\n]\n`,
    ],
    ["one entry", `allowed_outbound_hosts = ["https://a"]\n`, `allowed_outbound_hosts = ["https://a", "https://b"]\n`],
    [
      "a comma at the end",
      `allowed_outbound_hosts = ["https://a",]\n`,
      `allowed_outbound_hosts = ["https://a", "https://b",]\n`,
    ],
    [
      "lines of their own",
      `allowed_outbound_hosts = [\n  "https://a", # first\n  "https://c" # second\n]\n`,
      `allowed_outbound_hosts = [\n  "https://a", # first\n  "https://c", # second\n  "https://b"\n]\n`,
    ],
    [
      "lines with a comma at the end",
      `allowed_outbound_hosts = [\n    "https://a",\n    "https://c", # second\n]\n`,
      `allowed_outbound_hosts = [\n    "https://a",\n    "https://c", # second\n    "https://b",\n]\n`,
    ],
    [
      "a closing bracket on the last line",
      `allowed_outbound_hosts = [\n  "https://a",\n  "https://c"]\n`,
      `allowed_outbound_hosts = [\n  "https://a",\n  "https://c",\n  "https://b"]\n`,
    ],
  ])("joins %s", (_name, lines, expected) => {
    expect(grant(lines)).toBe(expected);
  });

  test("is not offered twice", () => {
    expect(grant(`allowed_outbound_hosts = ["https://b"]\n`)).toBeUndefined();
  });

  test("goes into an inline table, and into a component of version 1", () => {
    const entry = { field: "key_value_stores", entry: "default" } as const;
    const finding = (id: string): Diagnostic => ({
      severity: "warning",
      code: "store-denied",
      message: "",
      grant: { component: id, ...entry },
    });
    const inline = `${head}${trigger}[component]\nweb = { source = "w" }\n`;
    expect(applyEdits(inline, fixesFor(inline, finding("web"))[0]?.edits ?? [])).toContain(
      `web = { source = "w", key_value_stores = ["default"] }`,
    );
    const old = `spin_version = "1"\nname = "a"\ntrigger = { type = "http" }\n[[component]]\nid = "x"\nsource = "s"\n[component.trigger]\nroute = "/"\n[[component]]\nid = "y"\nsource = "s"\n[component.trigger]\nroute = "/y"\n`;
    const result = applyEdits(old, fixesFor(old, finding("y"))[0]?.edits ?? []);
    expect(result).toContain(`id = "y"\nsource = "s"\nkey_value_stores = ["default"]\n[component.trigger]`);
    expect(checkManifest(result)).toHaveProperty("lockedApp");
  });

  test("goes into a component that is inside a trigger", () => {
    const text = `${head}[[trigger.http]]\nroute = "/"\ncomponent = { source = "s" } # inside\n`;
    const checked = checkManifest(text);
    if (!("lockedApp" in checked)) throw new Error("the manifest is refused");
    const [locked] = checked.lockedApp.components;
    const id = locked?.id ?? "";
    const finding: Diagnostic = {
      severity: "warning",
      code: "outbound-denied",
      message: "",
      ...checked.positions.component(id),
      grant: { component: id, field: "allowed_outbound_hosts", entry: "https://b" },
    };
    const result = applyEdits(text, fixesFor(text, finding)[0]?.edits ?? []);
    expect(result).toContain(`component = { source = "s", allowed_outbound_hosts = ["https://b"] } # inside\n`);
    expect(checkManifest(result)).toHaveProperty("lockedApp");
  });

  test("keeps the line breaks of the text", () => {
    const text = component("").replaceAll("\n", "\r\n");
    const grantOf = { component: "web", field: "allowed_outbound_hosts", entry: "https://b" } as const;
    const [fix] = fixesFor(text, { severity: "warning", code: "x", message: "", grant: grantOf });
    expect(applyEdits(text, fix?.edits ?? [])).toBe(
      component(`allowed_outbound_hosts = ["https://b"]\n`).replaceAll("\n", "\r\n"),
    );
  });
});

describe("a store that nothing backs", () => {
  test.each<[string, string, string]>([
    ["alone", `key_value_stores = ["x"] # s\n`, `key_value_stores = [] # s\n`],
    ["first", `key_value_stores = ["x", "default"]\n`, `key_value_stores = ["default"]\n`],
    ["last", `key_value_stores = ["default", "x"]\n`, `key_value_stores = ["default"]\n`],
    [
      "on its own line",
      `key_value_stores = [\n  "default", # d\n  "x"\n]\n`,
      `key_value_stores = [\n  "default", # d\n]\n`,
    ],
    [
      "with a comment",
      `key_value_stores = [\n  "x", # why\n  "default",\n]\n`,
      `key_value_stores = [\n   # why\n  "default",\n]\n`,
    ],
    ["a database", `sqlite_databases = ["x"]\n`, `sqlite_databases = []\n`],
  ])("is taken out: %s", (_name, lines, expected) => {
    const field = lines.split(" ", 1)[0] ?? "";
    expect(fixed(component(lines), "unknown-store")[`Remove "x" from ${field}`]).toBe(component(expected));
  });

  test("may be meant to be the default one", () => {
    const results = fixed(component(`key_value_stores = ["x"]\n`), "unknown-store");
    expect(results['Use the store "default"']).toBe(component(`key_value_stores = ["default"]\n`));
    expect(fixed(component(`key_value_stores = ["default", "x"]\n`), "unknown-store")).not.toHaveProperty([
      'Use the store "default"',
    ]);
  });
});

describe("allowed_http_hosts", () => {
  const title = "Write allowed_outbound_hosts";

  test.each<[string, string, string]>([
    [
      "entries",
      `allowed_http_hosts = ["a.com", "https://b.com:8443"] # both\n`,
      `allowed_outbound_hosts = ["http://a.com", "https://a.com", "http://b.com:8443", "https://b.com:8443"] # both\n`,
    ],
    [
      "lines and comments",
      `allowed_http_hosts = [\n  "self", # us\n  "a.com",\n]\n`,
      `allowed_outbound_hosts = [\n  "http://self", # us\n  "http://a.com", "https://a.com",\n]\n`,
    ],
    [
      "everything",
      `allowed_http_hosts = ["a.com", "insecure:allow-all"]\n`,
      `allowed_outbound_hosts = ["http://*:*", "https://*:*", "http://self"]\n`,
    ],
    [
      "a list beside it",
      `allowed_http_hosts = ["a.com"]\nallowed_outbound_hosts = ["https://a.com"]\n`,
      `allowed_outbound_hosts = ["https://a.com", "http://a.com"]\n`,
    ],
  ])("becomes allowed_outbound_hosts: %s", (_name, lines, expected) => {
    const text = component(lines);
    const results = fixed(text, "deprecated-field");
    expect(results[title]).toBe(component(expected));
    const hosts = (source: string): unknown => {
      const checked = checkManifest(source);
      const [locked] = "lockedApp" in checked ? checked.lockedApp.components : [];
      return locked?.metadata.allowed_outbound_hosts?.toSorted().filter((host, at, all) => host !== all[at - 1]);
    };
    expect(hosts(component(expected))).toEqual(hosts(text));
  });
});

describe("a route that another trigger takes", () => {
  const second = `
# The second.
[[trigger.http]]
route = "/..."
component = "web"
`;
  const app = `${head}
# The first.
[[trigger.http]]
route = "/..." # all
component = "web"
executor = { type = "http" }
${second}
[component.web]
source = "web.wasm"
`;

  test("is taken out with its trigger, and nothing else", () => {
    expect(fixed(app, "duplicate-route")["Remove this trigger, which is never used"]).toBe(
      `${head}\n# The first.\n${second.slice(1)}\n[component.web]\nsource = "web.wasm"\n`,
    );
  });

  test("takes the tables inside the trigger out with it", () => {
    const text = app.replace(`executor = { type = "http" }`, `[trigger.http.executor]\ntype = "http"`);
    expect(fixed(text, "duplicate-route")["Remove this trigger, which is never used"]).not.toContain("executor");
  });

  test("gets one that is free", () => {
    expect(fixed(app, "duplicate-route")['Give it the route "/web/..."']).toBe(
      app.replace(`route = "/..." # all`, `route = "/web/..." # all`),
    );
    const taken = `${app}[[trigger.http]]\nroute = "/web/..."\ncomponent = "web"\n`;
    expect(Object.keys(fixed(taken, "duplicate-route"))).toContain('Give it the route "/web-2/..."');
  });

  test("gets one in version 1, where a trigger cannot go without its component", () => {
    const part = (id: string): string =>
      `[[component]]\nid = "${id}"\nsource = "s"\n[component.trigger]\nroute = "/"\n`;
    const text = `spin_version = "1"\nname = "a"\ntrigger = { type = "http" }\n${part("x")}${part("y")}`;
    expect(Object.keys(fixed(text, "duplicate-route"))).toEqual(['Give it the route "/x"']);
  });
});

describe("a base", () => {
  const title = "Put the base before each route";

  test("goes into the routes", () => {
    const settings = `[application.trigger.http]\nbase = "/api/"\n`;
    const more = `[[trigger.http]]\nroute = { private = true }\ncomponent = "other"\n[component.other]\nsource = "o"\n`;
    expect(fixed(component(`${settings}${more}`), "deprecated-base")[title]).toBe(
      component(`[application.trigger.http]\n${more}`).replace('"/..."', '"/api/..."'),
    );
  });

  test("goes into the routes of version 1, where it stands in a table of one line", () => {
    const part = (id: string, route: string): string =>
      `[[component]]\nid = "${id}"\nsource = "s"\n[component.trigger]\nroute = "${route}"\n`;
    const app = (base: string, routes: string[]): string =>
      `spin_version = "1"\nname = "a"\ntrigger = { type = "http", base = "${base}" } # old\n${part("x", routes[0] ?? "")}${part("y", routes[1] ?? "")}`;
    expect(fixed(app("/old", ["/", "/y/..."]), "deprecated-base")[title]).toBe(app("/", ["/old", "/old/y/..."]));
    // Without a base that would be a parameter.
    expect(fixed(app("/old", ["/", "/:y"]), "deprecated-base")).toEqual({});
  });
});

describe("a name that there is not", () => {
  test.each<[string, string, string]>([
    ["a field", `key_value_store = ["default"] # s\n`, `key_value_stores = ["default"] # s\n`],
    ["a swap", `enviroment = { A = "b" }\n`, `environment = { A = "b" }\n`],
    ["a dash for an underscore", `allowed-outbound-hosts = []\n`, `allowed_outbound_hosts = []\n`],
    ["the name of version 1", `config = { a = "b" }\n`, `variables = { a = "b" }\n`],
    ["a table's header", `[component.web.biuld]\ncommand = "x"\n`, `[component.web.build]\ncommand = "x"\n`],
    [
      "a table with tables inside",
      `[component.web.profiles.a.build]\ncommand = "x"\n[component.web.profiles.b.build]\ncommand = "x"\n`,
      `[component.web.profile.a.build]\ncommand = "x"\n[component.web.profile.b.build]\ncommand = "x"\n`,
    ],
    ["a field of old", `allowed_http_host = []\n`, `allowed_http_hosts = []\n`],
    ["a dotted key", `build.comand = "x"\n`, `build.command = "x"\n`],
  ])("is renamed: %s", (_name, lines, expected) => {
    const [result, ...others] = Object.values(fixed(component(lines), "unknown-field"));
    expect(others).toEqual([]);
    expect(result).toBe(component(expected));
  });

  test("is renamed in a trigger", () => {
    const text = component("").replace("route =", "rout =");
    expect(fixed(text, "unknown-field")).toEqual({ "Rename to route": component("") });
  });

  test("is left alone when it is like no other, or the other is there", () => {
    expect(fixesOf(component("colour = 1\n"), "unknown-field")).toEqual([]);
    expect(fixesOf(component(`sources = "x"\n`), "unknown-field")).toEqual([]);
  });

  test("is the component that was meant", () => {
    const text = component("").replace(`component = "web"`, `component = "wbe"`);
    expect(fixed(text, "unknown-component")).toEqual({ "Use the component web": component("") });
  });

  const fixesOf = (text: string, code: string): string[] => {
    const finding = findings(text).find((one) => one.code === code);
    return finding === undefined ? ["no finding"] : fixesFor(text, finding).map(({ title }) => title);
  };
});

test("the manifest's version is written as Spin reads it", () => {
  const text = component("").replace("= 2", '= "2"');
  expect(fixed(text, "manifest-version")).toEqual({ "Write 2": component("") });
  const old = `spin_manifest_version = 1\nname = "a"\ntrigger = { type = "http" }\n`;
  expect(fixed(old, "manifest-version")).toEqual({ 'Write "1"': old.replace("= 1", '= "1"') });
});

test("the older name of the version is written as it is today, where the cursor is on it", () => {
  const text = 'spin_version = "1"\n';
  expect(improvementsAt(text, 3).map(({ edits }) => applyEdits(text, edits))).toEqual([
    'spin_manifest_version = "1"\n',
  ]);
  expect(improvementsAt(text, text.length)).toEqual([]);
});

test("a finding of a text that has changed since is left alone", () => {
  const [finding] = findings(component(`key_value_store = ["default"]\n`));
  expect(finding && fixesFor("a = 1\n", finding)).toEqual([]);
  expect(finding && fixesFor(`# moved\n${component(`key_value_store = ["default"]\n`)}`, finding)).toEqual([]);
});
