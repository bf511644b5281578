import { beforeEach, expect, test, vi } from "vitest";
import { deferred } from "../deferred.ts";
import { MountedContents } from "./mounted-contents.ts";

/** What Cache Storage holds, by digest. */
const stored = vi.hoisted(() => new Map<string, Blob>());
const loadBlob = vi.hoisted(() => vi.fn<(digest: string) => Promise<Blob | undefined>>());
vi.mock("../component/component-cache.ts", () => ({
  loadBlob,
  storeBytes: async (digest: string, blob: Blob) => void stored.set(digest, blob),
}));

beforeEach(() => {
  stored.clear();
  loadBlob.mockReset().mockImplementation(async (digest) => stored.get(digest));
});

const mounts = (...digests: string[]) => ({
  a: { files: Object.fromEntries(digests.map((digest) => [`${digest}.txt`, digest])), time: 0 },
});
const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
const texts = async (blobs: Record<string, Blob>) =>
  Object.fromEntries(
    await Promise.all(Object.entries(blobs).map(async ([digest, blob]) => [digest, await blob.text()])),
  );

test("asks for what is neither stored nor given, and stores what is given", async () => {
  stored.set("old", new Blob(["kept"]));
  const contents = new MountedContents();
  const named = { mounts: { ...mounts("old", "new"), b: { files: { x: "new" }, time: 0 } }, contents: {} };
  expect(await contents.missing(named)).toEqual(["new"]);
  const given = { ...named, contents: { new: bytes("fresh") } };
  expect(await contents.missing(given)).toEqual([]);
  expect(await texts(await contents.take(given))).toEqual({ old: "kept", new: "fresh" });
  await vi.waitFor(() => expect([...stored.keys()]).toEqual(["old", "new"]));
});

test("reads what it holds once", async () => {
  stored.set("old", new Blob(["kept"]));
  const contents = new MountedContents();
  for (let deploy = 0; deploy < 3; deploy += 1) {
    expect(await contents.missing({ mounts: mounts("old"), contents: {} })).toEqual([]);
    await contents.take({ mounts: mounts("old"), contents: {} });
  }
  expect(loadBlob).toHaveBeenCalledOnce();
});

test("lets go of what the newest deployment does not use", async () => {
  const contents = new MountedContents();
  await contents.take({ mounts: mounts("first"), contents: { first: bytes("1") } });
  await contents.take({ mounts: mounts("second"), contents: { second: bytes("2") } });
  stored.clear();
  expect(await contents.missing({ mounts: mounts("first", "second"), contents: {} })).toEqual(["first"]);
});

test("an older deployment that ends late drops nothing that a newer one counts on", async () => {
  const contents = new MountedContents();
  await contents.take({ mounts: mounts("shared"), contents: { shared: bytes("s") } });
  const slow = deferred<Blob | undefined>();
  loadBlob.mockReturnValueOnce(slow.promise);
  const older = contents.take({ mounts: mounts("slow"), contents: {} });
  expect(await contents.missing({ mounts: mounts("shared"), contents: {} })).toEqual([]);
  slow.resolve(new Blob(["late"]));
  await older;
  stored.clear();
  expect(await texts(await contents.take({ mounts: mounts("shared"), contents: {} }))).toEqual({ shared: "s" });
});

test("fails when a content is gone meanwhile", async () => {
  const taken = new MountedContents().take({ mounts: mounts("gone"), contents: {} });
  await expect(taken).rejects.toMatchObject({ code: "file-not-found" });
});
