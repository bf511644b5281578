/** What a case expects, compared with what the playground does with its manifest. */
import { expect } from "vitest";
import { servingLines } from "../../app/kernel/serving-lines.ts";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import {
  allows,
  allowsSelf,
  denialHint,
  destinationText,
  parseAllowedHosts,
  parseDestination,
} from "../../runtime/manifest/allowed-hosts.ts";
import { checkManifest } from "../../runtime/manifest/check-manifest.ts";
import { checkMounts } from "../../runtime/manifest/check-mounts.ts";
import type { LockedApp } from "../../runtime/manifest/locked-app.ts";
import {
  applicationVariable,
  invalidVariableName,
  missingVariables,
  resolveVariables,
  undefinedVariable,
} from "../../runtime/manifest/variables.ts";
import { buildRoutes } from "../../runtime/routing/routes.ts";
import { type Case, type Expected, type Given, manifestOf } from "./case.ts";
import { answerTo } from "./request.ts";

/** The component of a case that is about one component. */
const subject = "hello";

/** Fails where a case and the playground differ. */
export function checkCase(given: Case): void {
  const { text, linesBefore } = manifestOf(given);
  const result = checkManifest(text, "spin.toml", given.profile === undefined ? {} : { profile: given.profile });
  const diagnostics = "diagnostics" in result ? [...result.diagnostics] : [...result.warnings];
  let sees: Record<string, string> | undefined;
  if ("lockedApp" in result && given.workspace !== undefined) {
    const checked = checkMounts(result.lockedApp, given.workspace, result.positions);
    diagnostics.push(...checked.diagnostics);
    sees = checked.mounts[subject];
  }
  expect({
    errors: placed(diagnostics, "error", linesBefore),
    warnings: placed(diagnostics, "warning", linesBefore),
  }).toEqual({ errors: given.errors ?? [], warnings: given.warnings ?? [] });
  if (!("lockedApp" in result)) return;
  const { lockedApp } = result;
  checkLocked(lockedApp, given);
  checkRequests(lockedApp, result.version, given);
  checkVariables(lockedApp, given);
  checkHosts(lockedApp, given);
  if (given.sees !== undefined) expect(sees).toEqual(given.sees);
}

function placed(diagnostics: readonly Diagnostic[], severity: string, linesBefore: number): string[] {
  return diagnostics
    .filter((diagnostic) => diagnostic.severity === severity)
    .map(({ line = 0, column = 0, message }) => {
      const at = line > linesBefore ? `${line - linesBefore}:${column}` : "(before)";
      return `${at} ${message}`;
    });
}

function checkLocked(app: LockedApp, { locked = {}, absent = [] }: Expected): void {
  const found = Object.fromEntries(Object.keys(locked).map((place) => [place, lookUp(app, place)]));
  expect(found).toEqual(locked);
  for (const place of absent) expect(lookUp(app, place), place).toBeUndefined();
}

/** The value at a place like `components.hello.env`: items of lists are found by their id, or by their number. */
function lookUp(app: LockedApp, place: string): unknown {
  return place.split(".").reduce<unknown>((value, step) => {
    if (Array.isArray(value)) {
      const items = value as { id?: string }[];
      return items.find(({ id }) => id === step) ?? items[Number(step)];
    }
    if (typeof value !== "object" || value === null) return undefined;
    return Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined;
  }, app);
}

function checkRequests(app: LockedApp, version: 1 | 2, { requests = [], listing }: Expected): void {
  const { table, routes } = buildRoutes(app);
  for (const request of requests) {
    const { path: _path, host: _host, client: _client, ...expected } = request;
    const answer = answerTo(request, table, app.metadata);
    const told = Object.fromEntries(
      Object.keys(expected).map((key) => [key, (answer as Record<string, unknown>)[key]]),
    );
    expect(told, request.path).toEqual(expected);
  }
  if (listing === undefined) return;
  const lines = servingLines("http://127.0.0.1:3000", { lockedApp: app, version }, routes);
  expect(`\n${lines.join("\n")}\n`).toBe(listing);
}

function checkVariables(app: LockedApp, given: Given & Expected): void {
  const values = given.values ?? {};
  const { resolved = {}, unresolved = {}, asks = {} } = given;
  const variables = resolveVariables(app, subject, values);
  for (const [name, value] of Object.entries(resolved)) expect(variables.get(name), name).toEqual({ value });
  for (const [name, why] of Object.entries(unresolved)) expect(variables.get(name), name).toEqual({ unresolved: why });
  for (const [name, why] of Object.entries(asks)) {
    expect(variables.has(name), name).toBe(false);
    expect(invalidVariableName(name) ?? undefinedVariable(subject, variables, name)).toBe(why);
  }
  if (given.missing !== undefined) expect(missingVariables(app, values)?.message).toBe(given.missing);
}

function checkHosts(app: LockedApp, { permits, denies, hints = {}, values = {} }: Given & Expected): void {
  for (const [address, hint] of Object.entries(hints)) {
    const destination = address === "self" ? undefined : parseDestination(address);
    expect(denialHint(destination === undefined ? "" : destinationText(destination), address === "self")).toBe(hint);
  }
  if (permits === undefined && denies === undefined) return;
  const list = app.components.find(({ id }) => id === subject)?.metadata.allowed_outbound_hosts ?? [];
  const hosts = parseAllowedHosts(list, (name) => applicationVariable(app, values, name));
  expect(hosts.faults).toEqual([]);
  const isPermitted = (address: string) => (address === "self" ? allowsSelf(hosts) : allows(address, hosts));
  expect(permits?.filter((address) => !isPermitted(address)) ?? [], "denied").toEqual([]);
  expect(denies?.filter(isPermitted) ?? [], "permitted").toEqual([]);
}
