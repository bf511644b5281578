import { expect, test, vi } from "vitest";
import type { VaultProvider } from "../manifest/variables-provider.ts";
import { askVault } from "./vault.ts";

const provider: VaultProvider = { type: "vault", url: "http://vault.test:8200/", token: "hvs.secret", mount: "secret" };
const origin = "http://app.play.localhost:5173";

/** Asks for `my_key` a server that answers so. */
async function ask(answer: () => Promise<Response>, changes: Partial<VaultProvider> = {}) {
  const fetch = vi.fn<typeof globalThis.fetch>(answer);
  const { signal } = new AbortController();
  const reading = await askVault({ ...provider, ...changes }, "my_key", { fetch, signal, origin, online: true });
  expect(JSON.stringify(reading)).not.toContain(provider.token);
  return { ...reading, fetch };
}
const json =
  (body: unknown, status = 200) =>
  async (): Promise<Response> =>
    Response.json(body, { status });

test("reads the value of a secret, with the token in its header", async () => {
  const { answer, url, outcome, explanation, fetch } = await ask(
    json({ data: { data: { value: "42" }, metadata: {} } }),
  );
  expect(answer).toEqual({ value: "42" });
  expect([url, outcome, explanation]).toEqual(["http://vault.test:8200/v1/secret/data/my_key", "200", undefined]);
  expect(fetch).toHaveBeenCalledOnce();
  expect(fetch.mock.calls[0]?.[1]).toMatchObject({
    headers: { "X-Vault-Token": "hvs.secret" },
    credentials: "omit",
    cache: "no-store",
  });
});

test("a prefix and a mount may have several segments", async () => {
  const { url } = await ask(json({}), { url: "https://vault.test/base", mount: "/kv/team/", prefix: "my app/dev" });
  expect(url).toBe("https://vault.test/base/v1/kv/team/data/my%20app/dev/my_key");
});

test("a secret that is not there is no failure", async () => {
  const { answer, explanation } = await ask(json({ errors: [] }, 404));
  expect([answer, explanation]).toEqual([{ value: undefined }, undefined]);
});

test.each([
  ["a refusal", json({ errors: ["permission denied"] }, 403), /was answered with 403: permission denied\.$/],
  ["an error without reasons", async () => new Response("oops", { status: 500 }), /was answered with 500\.$/],
  ["a secret without a value", json({ data: { data: { password: "x" } } }), /vault kv put secret\/my_key value=…/],
  ["a value that is no text", json({ data: { data: { value: 1 } } }), /no secret with a text `value`/],
  ["no JSON", async () => new Response("<html>"), /no secret with a text `value`/],
])("%s is a failure in Spin's words, and explained", async (_name, answer, explanation) => {
  const reading = await ask(answer);
  expect(reading.answer).toEqual({ failure: "Failed to retrieve config from Vault" });
  expect(reading.explanation).toMatch(explanation);
  expect(reading.explanation).toMatch(/^The variable "my_key" could not be read from the Vault\. /);
});

test("a Vault that does not allow other origins is told apart from one that is not there", async () => {
  const cors = await ask(async () => Promise.reject(new TypeError("Failed to fetch")));
  expect(cors.explanation).toContain("could not be reached");
  let calls = 0;
  const refused = await ask(async () => {
    calls += 1;
    // The probe of `explainFailure` comes through.
    if (calls === 1) throw new TypeError("Failed to fetch");
    return new Response();
  });
  expect(refused.outcome).toBe("no answer");
  expect(refused.explanation).toContain("does not allow requests from other origins (CORS)");
  expect(refused.explanation).toContain(`vault write sys/config/cors enabled=true allowed_origins=${origin} `);
  expect(refused.explanation).not.toContain("mocks.json");
});

test("an address that is none is explained without a request", async () => {
  const { answer, explanation, fetch } = await ask(json({}), { url: "vault.test" });
  expect(answer).toEqual({ failure: "Failed to retrieve config from Vault" });
  expect(explanation).toContain("is no URL: vault.test");
  expect(fetch).not.toHaveBeenCalled();
});
