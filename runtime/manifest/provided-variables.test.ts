import { expect, test } from "vitest";
import type { LockedApp } from "./locked-app.ts";
import { componentHosts, componentVariables } from "./provided-variables.ts";
import {
  declaredOnly,
  fixedValues,
  type ReadVault,
  type VariablesProvider,
  withoutSecrets,
} from "./variables-provider.ts";

const app: LockedApp = {
  spin_lock_version: 0,
  metadata: { name: "a" },
  variables: { host: { default: "localhost" }, token: { secret: true }, user: {} },
  triggers: [],
  components: [
    {
      id: "api",
      metadata: { allowed_outbound_hosts: ["https://{{ host }}", "https://fixed.test"] },
      source: { content_type: "application/wasm" },
      config: { url: "http://{{ host }}/x", auth: "{{ user }}:{{ token }}", plain: "p" },
    },
  ],
};
const [api] = app.components;
if (api === undefined) throw new TypeError("no component");
const vault: VariablesProvider = { type: "vault", url: "http://vault", token: "root", mount: "secret" };
const fixed = (values: Record<string, string>): VariablesProvider => ({ type: "static", values });

/** A Vault with these secrets, and what it was asked for. */
function readerOf(secrets: Record<string, string>): { read: ReadVault; asked: string[] } {
  const asked: string[] = [];
  const read: ReadVault = async (_provider, name) => {
    asked.push(name);
    return name === "broken" || secrets[name] === "fail" ? { failure: "no" } : { value: secrets[name] };
  };
  return { read, asked };
}

/** The value of a variable, as a component gets it. */
async function valueOf(providers: VariablesProvider[], name: string, read: ReadVault = readerOf({}).read) {
  const variable = componentVariables(app, "api", providers).get(name);
  return variable !== undefined && "ask" in variable ? variable.ask(read) : variable;
}

test("of two providers the first that has a value gives it, then the default", async () => {
  const providers = [fixed({ user: "first" }), fixed({ user: "second", token: "t", host: "h" })];
  expect(await valueOf(providers, "auth")).toEqual({ value: "first:t" });
  expect(await valueOf(providers, "url")).toEqual({ value: "http://h/x" });
  expect(await valueOf([], "url")).toEqual({ value: "http://localhost/x" });
  expect(await valueOf([], "auth")).toEqual({ unresolved: 'no provider resolved required variable "user"' });
});

test("an empty value is a value", async () => {
  expect(await valueOf([fixed({ host: "" }), fixed({ host: "later" })], "url")).toEqual({ value: "http:///x" });
});

test("a Vault is asked in its turn, each time, and only for what no provider before it has", async () => {
  const { read, asked } = readerOf({ token: "v" });
  const providers = [fixed({ user: "u" }), vault, fixed({ token: "panel", host: "h" })];
  expect(await valueOf(providers, "auth", read)).toEqual({ value: "u:v" });
  expect(await valueOf(providers, "auth", read)).toEqual({ value: "u:v" });
  expect(asked).toEqual(["token", "token"]);
  // What the Vault does not have comes from the providers after it, or the default.
  expect(await valueOf(providers, "url", read)).toEqual({ value: "http://h/x" });
  expect(await valueOf([vault], "url", read)).toEqual({ value: "http://localhost/x" });
});

test("a variable that needs no Vault is known at once", () => {
  const variables = componentVariables(app, "api", [fixed({ user: "u", token: "t" }), vault]);
  expect(variables.get("plain")).toEqual({ value: "p" });
  expect(variables.get("auth")).toEqual({ value: "u:t" });
  expect(variables.get("url")).toHaveProperty("ask");
});

test("a Vault that fails ends it: a provider after it is not looked at", async () => {
  const { read } = readerOf({ token: "fail" });
  expect(await valueOf([vault, fixed({ token: "panel", user: "u" })], "auth", read)).toEqual({ unresolved: "no" });
});

test("allowed hosts are known at once, unless a Vault has a say in them", async () => {
  const hosts = componentHosts(app, api, [fixed({ host: "given.test" })]);
  expect("ask" in hosts ? [] : hosts.entries.map(({ host }) => host)).toMatchObject([
    { host: "given.test" },
    { host: "fixed.test" },
  ]);
  const asked = componentHosts(app, api, [vault]);
  if (!("ask" in asked)) throw new TypeError("known at once");
  expect(asked.known.entries.map(({ host }) => host)).toMatchObject([{ host: "fixed.test" }]);
  const { entries, faults } = await asked.ask(readerOf({ host: "vault.test" }).read);
  expect(entries.map(({ host }) => host)).toMatchObject([{ host: "vault.test" }, { host: "fixed.test" }]);
  expect(faults).toEqual([]);
});

test("what is secret is left out, and named", () => {
  const providers = [fixed({ token: "t", user: "u", host: "h" }), vault, fixed({ token: "other", other: "o" })];
  const { providers: kept, withheld } = withoutSecrets(app, providers);
  expect(JSON.stringify(kept)).toBe(JSON.stringify([fixed({ user: "u", host: "h" }), fixed({ other: "o" })]));
  expect(withheld).toEqual(['the secret variable "token"', "the token of the Vault at http://vault"]);
  expect(withoutSecrets(app, [fixed({ user: "u" })]).withheld).toEqual([]);
});

test("values of variables that the application does not declare are dropped", () => {
  expect(declaredOnly(app, [fixed({ user: "u", other: "o", constructor: "c" }), vault])).toEqual([
    fixed({ user: "u" }),
    vault,
  ]);
  expect(fixedValues([fixed({ a: "1" }), vault, fixed({ a: "2", b: "3" })])).toEqual({ a: "1", b: "3" });
});
