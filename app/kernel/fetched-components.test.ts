import { beforeEach, expect, it, vi } from "vitest";
import { PlaygroundError } from "../../runtime/errors.ts";
import { digestOf } from "./digest.ts";
import type { EngineClient } from "./engine-client.ts";
import { type ComponentProgress, createFetchedComponents, type FetchedComponents } from "./fetched-components.ts";

const bytes = new TextEncoder().encode("the bytes of a component");
const url = "https://example.com/a.wasm";
const stored = new Map<string, Uint8Array<ArrayBuffer>>();
const progress: (ComponentProgress | undefined)[] = [];
const download = vi.fn<EngineClient["download"]>();
let digest: string;

const create = (): FetchedComponents =>
  createFetchedComponents({
    engine: { download },
    store: {
      get: (key) => Promise.resolve(stored.get(key)),
      put: (key, content) => Promise.resolve(void stored.set(key, content)),
    },
    limit: () => 1_000,
    onProgress: (one) => progress.push(one),
  });

beforeEach(async () => {
  stored.clear();
  progress.length = 0;
  download.mockReset();
  digest = await digestOf(bytes);
});

it("fetches a component once, tells how far it is, and keeps it for the next page", async () => {
  download.mockImplementation((_url, _limit, { onProgress }) => {
    onProgress({ loaded: 1, total: 2 });
    return Promise.resolve(bytes);
  });
  const components = create();
  expect(await components.load("a", { url, digest })).toEqual(bytes);
  expect(await components.load("a", { url, digest })).toEqual(bytes);
  expect(progress).toEqual([{ component: "a", loaded: 1, total: 2 }, undefined]);
  expect(download.mock.calls[0]?.slice(0, 2)).toEqual([url, 1_000]);
  expect(await create().load("a", { url, digest })).toEqual(bytes);
  expect(download).toHaveBeenCalledTimes(1);
});

it("takes nothing with another digest, from the net or from the store", async () => {
  const other = new TextEncoder().encode("other");
  download.mockResolvedValue(other);
  stored.set(digest, new TextEncoder().encode("changed"));
  await expect(create().load("a", { url, digest })).rejects.toMatchObject({
    code: "component-unavailable",
    message:
      `Error fetching source URL "${url}": invalid content digest; expected ${digest}, ` +
      `downloaded ${await digestOf(other)}`,
  });
});

it("passes the engine's own failures on", async () => {
  const failure = new PlaygroundError("engine-unavailable", "gone");
  download.mockRejectedValue(failure);
  await expect(create().load("a", { url, digest })).rejects.toBe(failure);
});

it("is given up when nobody wants it any more", async () => {
  const abort = new AbortController();
  download.mockImplementation(() => {
    abort.abort(new Error("A newer edit came."));
    return Promise.reject(new PlaygroundError("component-unavailable", "given up"));
  });
  await expect(create().load("a", { url, digest }, abort.signal)).rejects.toThrow("A newer edit came.");
  expect(progress).toEqual([undefined]);
});
