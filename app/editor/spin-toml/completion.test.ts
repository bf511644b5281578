import { describe, expect, test } from "vitest";
import { parseAllowedHost } from "../../../runtime/manifest/allowed-hosts.ts";
import { checkManifest } from "../../../runtime/manifest/check-manifest.ts";
import { parseRoute } from "../../../runtime/routing/route-pattern.ts";
import type { Completion } from "./completion-item.ts";
import { completionsAt } from "./completion.ts";
import { applyEdits } from "./edits/text-edit.ts";

const version2 = "spin_manifest_version = 2\n";

/** What is offered at the `|`, best first. */
function offered(marked: string, paths: string[] = []): Completion[] {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  return completionsAt(text, offset, { paths }).toSorted((a, b) => a.rank - b.rank);
}
const labels = (marked: string, paths?: string[]): string[] => offered(marked, paths).map(({ label }) => label);

/** The text after one of the offers was taken, with its placeholders filled in as they are. */
function taken(marked: string, label: string): string {
  const found = offered(marked).find((one) => one.label === label);
  if (found === undefined) throw new Error(`${label} is not offered`);
  const text = found.insert
    .replace(/\$\{\d:([^}]*)\}/g, "$1")
    .replace(/\$\d/g, "")
    .replace(/\\([\\$}])/g, "$1");
  return applyEdits(marked.replace("|", ""), [{ ...found.range, text }]);
}

describe("keys", () => {
  test("required ones first, deprecated ones last, none that is there already", () => {
    const names = labels(`${version2}[component.x]\ndescription = "d"\n|`).filter((label) => !label.startsWith("["));
    expect(names[0]).toBe("source");
    expect(names.at(-1)).toBe("allowed_http_hosts");
    expect(names).toContain("allowed_outbound_hosts");
    expect(names).not.toContain("description");
    expect(offered(`[component.x]\n|`).find(({ label }) => label === "allowed_http_hosts")).toMatchObject({
      deprecated: true,
      documentation: expect.stringContaining("Write `allowed_outbound_hosts` instead"),
    });
  });

  test.each<[string, string, string[]]>([
    ["the root", "|", ["spin_manifest_version", "[application]", "[[trigger.http]]"]],
    [
      "the application",
      "[application]\n|",
      ["name", "version", "description", "authors", "targets", "trigger", "tool"],
    ],
    ["a variable", `[variables]\nx = { | }`, ["description", "required", "default", "secret"]],
    ["a variable's own table", `[variables.x]\ndefault = ""\n|`, ["description", "required", "secret"]],
    ["a trigger", `[[trigger.http]]\n|`, ["route", "component", "static_response", "executor", "id"]],
    ["another trigger type", `[[trigger.redis]]\n|`, ["id", "component", "components", "dependencies"]],
    ["a build", `[component.x.build]\n|`, ["command", "workdir", "watch"]],
    ["a build by dotted keys", `[component.x]\nbuild.|`, ["command", "workdir", "watch"]],
    ["a mount", `[component.x]\nfiles = [{ | }]`, ["source", "destination"]],
    ["an executor", `[[trigger.http]]\nexecutor = { | }`, ["type", "argv", "entrypoint"]],
    ["a source, any form", `[component.x]\nsource = { | }`, ["url", "digest", "registry", "package", "version"]],
    ["a private route", `[[trigger.http]]\nroute = { | }`, ["private"]],
    ["an inline component", `[[trigger.http]]\ncomponent = { | }`, ["source", "allowed_outbound_hosts"]],
    ["a profile", `[component.x.profile.debug]\n|`, ["source", "environment", "dependencies", "build"]],
    ["version 1", `spin_manifest_version = "1"\n|`, ["name", "trigger", "version", "[[component]]"]],
    ["a component of version 1", `spin_version = "1"\n[[component]]\n|`, ["id", "source", "trigger", "config"]],
    ["a trigger of version 1", `spin_version = "1"\n[[component]]\n[component.trigger]\n|`, ["route", "executor"]],
  ])("of %s", (_name, marked, expected) => {
    expect(labels(marked)).toEqual(expect.arrayContaining(expected));
  });

  test("of one form alone, once a key has told which it is", () => {
    expect(labels(`[component.x]\nsource = { url = "u", | }`)).toEqual(["digest"]);
    expect(labels(`[component.x]\nsource = { package = "u", | }`)).toEqual(["version", "registry"]);
    expect(labels(`[[trigger.http]]\nexecutor = { argv = "u", | }`)).toEqual(["type", "entrypoint"]);
  });

  test.each<[string, string, string]>([
    ["[component.x]\n|", "key_value_stores", 'key_value_stores = ["$0"]'],
    ["[component.x]\n|", "source", 'source = "$0"'],
    ["[component.x]\n|", "files", 'files = ["$0"]'],
    ["[component.x]\n|", "environment", "environment = { $0 }"],
    ["[component.x]\n|", "build", 'build = { command = "$0" }'],
    ["[variables.x]\n|", "secret", "secret = ${0:true}"],
    ["|", "spin_manifest_version", "spin_manifest_version = 2"],
    ["[component.x]\nsou| = 1", "source", "source"],
  ])("%j takes %s with a value of its type", (marked, label, insert) => {
    expect(offered(marked).find((one) => one.label === label)?.insert).toBe(insert);
  });

  test("free ones are not guessed", () => {
    expect(labels(`[component.x.environment]\n|`).filter((label) => !label.startsWith("["))).toEqual([]);
  });
});

describe("headers", () => {
  const named = `${version2}[[trigger.http]]\nroute = "/"\ncomponent = "cart"\n[component.shop]\nsource = "s"\n`;

  test("of a component that a trigger names, before others", () => {
    expect(labels(`${named}[|`)).toEqual(
      expect.arrayContaining(["[component.cart]", "[component.<hello>]", "[component.shop.build]", "[variables]"]),
    );
    const rankOf = (label: string) => offered(`${named}[|`).find((one) => one.label === label)?.rank ?? NaN;
    expect(rankOf("[component.cart]")).toBeLessThan(rankOf("[[trigger.http]]"));
    expect(labels(`${named}[|`)).not.toContain("[component.shop]");
  });

  test("without those that are there", () => {
    expect(labels(`${named}[component.shop.build]\n[|`)).not.toContain("[component.shop.build]");
    expect(labels(`[application]\n[|`)).not.toContain("[application]");
  });

  test("take the place of the brackets that are there", () => {
    expect(taken(`${named}[comp|]\n`, "[component.cart]")).toBe(
      `${named}[component.cart]\nsource = "dist/cart.wasm"\n\n`,
    );
    expect(taken(`${named}[[trig|]]`, "[[trigger.http]]")).toContain("[[trigger.http]]\nroute =");
  });

  test("make a manifest that is right, when they are taken one after the other", () => {
    let text = taken("|", "spin_manifest_version");
    for (const label of ["[application]", "[[trigger.http]]", "[component.hello]", "[component.hello.build]"]) {
      text = taken(`${text}\n\n|`, label);
    }
    expect(checkManifest(text)).toHaveProperty("lockedApp");
  });

  test("make a manifest of version 1 that is right", () => {
    const start = 'spin_manifest_version = "1"\nname = "a"\ntrigger = { type = "http" }\n';
    const text = taken(`${taken(`${start}|`, "[[component]]")}\n|`, "[component.trigger]");
    expect(checkManifest(text)).toHaveProperty("lockedApp");
  });
});

describe("values", () => {
  const two = `[variables]\ngreeting = { default = "a" }\nname = { default = "b" }\n[component.a]\nsource = "a"\n[component.b]\nsource = "b"\n`;

  test.each<[string, string, string[]]>([
    ["a boolean", "[variables.x]\nrequired = |", ["true", "false"]],
    ["the version", "spin_manifest_version = |", ["2"]],
    ["the version 1", `spin_manifest_version = "1|"`, ["1"]],
    ["a component of a trigger", `${two}[[trigger.http]]\ncomponent = "|"`, ["a", "b"]],
    ["a component by role", `${two}[[trigger.http]]\ncomponents = { x = "|" }`, ["a", "b"]],
    ["a component as a dependency", `${two}[component.a.dependencies]\n"x:y/z" = { component = "|" }`, ["a", "b"]],
    ["an executor", `[[trigger.http]]\nexecutor = { type = "|" }`, ["http", "wagi"]],
    ["a trigger type of version 1", `spin_version = "1"\ntrigger = { type = "|" }`, ["http"]],
    ["a store", `[component.x]\nkey_value_stores = ["|"]`, ["default"]],
    ["a store without quotes", `[component.x]\nkey_value_stores = [|]`, ['"default"']],
    ["a second store", `[component.x]\nkey_value_stores = ["default", "|"]`, []],
    ["a source", `[component.x]\nsource = "|"`, ["dist/x.wasm"]],
    ["a private route", `[[trigger.http]]\nroute = { private = | }`, ["true"]],
    ["a variable in a template", `${two}[component.a.variables]\nx = "{{ |`, ["greeting", "name"]],
    ["a variable behind text", `${two}[component.a.variables]\nx = "a {{ greeting }} {{gr| }}"`, ["greeting", "name"]],
    [
      "a variable in an allowed host",
      `${two}[component.x]\nallowed_outbound_hosts = ["https://{{|"]`,
      ["greeting", "name"],
    ],
    ["the environment, which takes no templates", `${two}[component.a.environment]\nx = "{{ |"`, []],
    ["a comment", "# |", []],
  ])("of %s", (_name, marked, expected) => {
    expect(labels(marked, ["dist/x.wasm", "src/index.ts"])).toEqual(expected);
  });

  test("close a template where it is open", () => {
    const template = `${two}[component.a.variables]\nx = `;
    expect(taken(`${template}"{{|"`, "name")).toBe(`${template}"{{ name }}"`);
    expect(taken(`${template}"{{ na|me }}"`, "greeting")).toBe(`${template}"{{ greeting }}"`);
  });

  test("are quoted where there are no quotes yet", () => {
    expect(taken(`[component.x]\nsource = "x"\n[[trigger.http]]\ncomponent = |`, '"x"')).toMatch(/component = "x"$/);
    expect(taken(`[component.x]\nsource = "x"\n[[trigger.http]]\ncomponent = "|`, "x")).toMatch(/component = "x$/);
  });

  test("of stores are those that a runtime config defines, too", () => {
    const text = "[component.x]\nkey_value_stores = []";
    const runtimeConfig = `[key_value_store.cache]\ntype = "spin"\n[key_value_store.far]\ntype = "redis"\nurl = "redis://a"\n`;
    const offers = completionsAt(text, text.length - 1, { runtimeConfig });
    expect(offers.map(({ label }) => label)).toEqual(['"default"', '"cache"']);
  });

  test("of hosts and routes are such that Spin takes them", () => {
    const hosts = labels(`${two}[component.x]\nallowed_outbound_hosts = ["|"]`);
    expect(hosts).toContain("http://a.spin.internal");
    expect(hosts.filter((host) => "fault" in parseAllowedHost(host))).toEqual([]);
    const routes = labels(`[[trigger.http]]\nroute = "|"`);
    expect(routes).toContain("/...");
    expect(routes.filter((route) => "fault" in parseRoute(route))).toEqual([]);
  });
});
