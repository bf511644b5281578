import { expect, test } from "vitest";
import { deferred } from "../deferred.ts";
import type { LoadedApplication } from "./application.ts";
import { CurrentApplication } from "./current-application.ts";

const application = (name: string): LoadedApplication => ({
  name,
  version: undefined,
  routes: { match: () => undefined, chained: () => undefined, routes: [] },
  components: new Map(),
  mayAskItself: false,
  mocks: [],
});

test("a request that comes before the first word waits for it", async () => {
  const loaded = new CurrentApplication();
  const first = loaded.get();
  await loaded.load(Promise.resolve(application("a")));
  expect(await first).toMatchObject({ name: "a" });

  const stopped = new CurrentApplication();
  const refused = stopped.get();
  stopped.stop("Nothing to run.");
  expect(await refused).toMatchObject({ code: "not-running", message: "Nothing to run." });
});

test("a request that comes while an application is loaded gets that application", async () => {
  const current = new CurrentApplication();
  await current.load(Promise.resolve(application("a")));
  const loading = deferred<LoadedApplication>();
  const loaded = current.load(loading.promise);
  const request = current.get();
  loading.resolve(application("b"));
  await loaded;
  expect(await request).toMatchObject({ name: "b" });
});

test("an application that cannot be loaded leaves the last one running", async () => {
  const current = new CurrentApplication();
  await current.load(Promise.resolve(application("a")));
  const loading = deferred<LoadedApplication>();
  const loaded = current.load(loading.promise);
  const request = current.get();
  loading.reject(new Error("no glue"));
  await expect(loaded).rejects.toThrow("no glue");
  expect(await request).toMatchObject({ name: "a" });
});

test("the later of two loads counts, whichever is ready first", async () => {
  const current = new CurrentApplication();
  const [slow, quick] = [deferred<LoadedApplication>(), deferred<LoadedApplication>()];
  const overtaken = expect(current.load(slow.promise)).rejects.toMatchObject({ code: "build-superseded" });
  const newer = current.load(quick.promise);
  quick.resolve(application("new"));
  await newer;
  slow.resolve(application("old"));
  await overtaken;
  expect(await current.get()).toMatchObject({ name: "new" });
});

test("a stop is not undone by a load that began before it, and ends what is under way", async () => {
  const current = new CurrentApplication();
  const { stopped } = current;
  const loading = deferred<LoadedApplication>();
  const overtaken = expect(current.load(loading.promise)).rejects.toMatchObject({ code: "build-superseded" });
  current.stop("Stopped.");
  loading.resolve(application("late"));
  await overtaken;
  expect(await current.get()).toMatchObject({ code: "not-running" });
  expect(stopped.reason).toMatchObject({ code: "not-running", message: "Stopped." });
  expect(current.stopped.aborted).toBe(false);
});
