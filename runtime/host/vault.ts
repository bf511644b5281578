/** Reads secrets of a Vault, as Spin's provider does: one request for each reading, and nothing kept. */
import { quoted } from "../manifest/identifiers.ts";
import type { VaultAnswer, VaultProvider } from "../manifest/variables-provider.ts";
import { explainUnreadable } from "./outbound-failure.ts";

export interface VaultSurroundings {
  fetch: typeof fetch;
  signal: AbortSignal;
  /** The origin that the Vault has to allow. */
  origin: string;
  /** `navigator.onLine`. */
  online: boolean;
}

/** What came of it: the answer, and for the person what the browser or the Vault said. Neither has the token in it. */
export interface VaultReading {
  answer: VaultAnswer;
  url: string;
  /** `200`, or in a word why there is no status. */
  outcome: string;
  /** Missing when there is nothing to mend. */
  explanation?: string;
}

/** What Spin tells the guest of any failure. */
const failure = "Failed to retrieve config from Vault";

/** `GET {url}/v1/{mount}/data/{prefix}/{name}`; the value is `value` of the secret's data. 404 is no failure: there is none. */
export async function askVault(
  provider: VaultProvider,
  name: string,
  surroundings: VaultSurroundings,
): Promise<VaultReading> {
  const url = addressOf(provider, name);
  const about = `The variable ${quoted(name)} could not be read from the Vault`;
  const failed = (outcome: string, explanation: string): VaultReading => ({
    answer: { failure },
    url,
    outcome,
    explanation: `${about}. ${explanation}`,
  });
  if (!URL.canParse(url)) return failed("invalid address", `Its url in the runtime config is no URL: ${provider.url}`);
  let response: Response;
  try {
    const { fetch, signal } = surroundings;
    response = await fetch(url, {
      headers: { "X-Vault-Token": provider.token },
      signal,
      mode: "cors",
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
    });
  } catch (cause) {
    if (surroundings.signal.aborted) return failed("given up", "The request was over before it answered.");
    return failed("no answer", await explain(new URL(url), cause, surroundings));
  }
  const outcome = String(response.status);
  if (response.status === 404) {
    void response.body?.cancel();
    return { answer: { value: undefined }, url, outcome };
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) return failed(outcome, `GET ${url} was answered with ${outcome}${errorsOf(body)}.`);
  const value = at(body, "data", "data", "value");
  if (typeof value === "string") return { answer: { value }, url, outcome };
  return failed(
    outcome,
    `What is at ${url} is no secret with a text \`value\`: write it with \`vault kv put ${pathOf(provider, name)} value=…\`.`,
  );
}

async function explain(
  url: URL,
  cause: unknown,
  { fetch, signal, origin, online }: VaultSurroundings,
): Promise<string> {
  const why = await explainUnreadable({
    method: "GET",
    url,
    cause,
    fetch,
    signal,
    secureOrigin: origin.startsWith("https:"),
    online,
  });
  return (
    `${why} To let the browser read it, allow this origin in the Vault: vault write sys/config/cors enabled=true ` +
    `allowed_origins=${origin} ; or take the provider out of runtime-config.toml and give the value in the Variables panel.`
  );
}

function addressOf(provider: VaultProvider, name: string): string {
  const { url, mount, prefix } = provider;
  const path = [mount, "data", ...(prefix === undefined ? [] : [prefix]), name];
  return `${url.replace(/\/+$/, "")}/v1/${path.map(encodePath).join("/")}`;
}

function pathOf({ mount, prefix }: VaultProvider, name: string): string {
  return [mount, ...(prefix === undefined ? [] : [prefix]), name].join("/");
}

/** Mounts and prefixes may have several segments. */
function encodePath(path: string): string {
  return path
    .split("/")
    .filter((segment) => segment !== "")
    .map(encodeURIComponent)
    .join("/");
}

/** The Vault's own reasons: `{"errors": ["permission denied"]}`. */
function errorsOf(body: unknown): string {
  const errors = at(body, "errors");
  const texts = Array.isArray(errors) ? errors.filter((error) => typeof error === "string") : [];
  return texts.length === 0 ? "" : `: ${texts.join("; ").slice(0, 500)}`;
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}
