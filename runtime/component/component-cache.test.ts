import { beforeEach, expect, test, vi } from "vitest";
import type { Deployment } from "../protocol.ts";
import { recallDeployment, rememberDeployment } from "./component-cache.ts";

/** A cache of Cache Storage, as far as it is used, with the text of each entry. */
const entries = new Map<string, string>();
const addressOf = (request: string | URL | Request): string =>
  request instanceof Request ? request.url : String(request);
const cache: Pick<Cache, "match" | "put" | "delete" | "keys"> = {
  match: async (request) => {
    const text = entries.get(addressOf(request));
    return text === undefined ? undefined : new Response(text);
  },
  put: async (request, response) => void entries.set(addressOf(request), await response.text()),
  delete: async (request) => entries.delete(addressOf(request)),
  keys: async () => [],
};

beforeEach(() => {
  entries.clear();
  vi.stubGlobal("caches", { open: async () => cache });
});

const deployment: Deployment = {
  lockedApp: {
    spin_lock_version: 0,
    metadata: { name: "a" },
    variables: { token: { secret: true }, host: {} },
    triggers: [],
    components: [],
  },
  components: {},
  mounts: {},
  contents: {},
  mocks: [],
  runtime: {
    keyValueStores: ["default"],
    databases: ["default"],
    variables: [
      { type: "static", values: { host: "plain" } },
      { type: "vault", url: "http://vault", token: "hidden-root", mount: "secret" },
      { type: "static", values: { token: "hidden-token" } },
    ],
  },
  prebuiltGlue: {},
};

test("what is stored has no secret in it, and says what it lacks", async () => {
  await rememberDeployment({ deployment, since: 7 });
  expect([...entries.values()].join("\n")).not.toContain("hidden");
  expect(await recallDeployment()).toEqual({
    deployment: {
      ...deployment,
      runtime: {
        keyValueStores: ["default"],
        databases: ["default"],
        variables: [
          { type: "static", values: { host: "plain" } },
          { type: "static", values: {} },
        ],
      },
    },
    since: 7,
    withheld: ['the secret variable "token"', "the token of the Vault at http://vault"],
  });
});

test("an application without secrets is stored whole", async () => {
  const plain: Deployment = {
    ...deployment,
    runtime: {
      keyValueStores: [],
      databases: [],
      variables: [{ type: "static", values: { host: "plain" } }],
      maxInstanceMemory: 9,
    },
  };
  await rememberDeployment({ deployment: plain, since: 8 });
  expect(await recallDeployment()).toEqual({ deployment: plain, since: 8, withheld: [] });
});
