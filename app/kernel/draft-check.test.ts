import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { createKernel } from "./kernel.ts";
import { createStudioStore } from "./store.ts";
import { createFakeDependencies, echoFiles, manifestText } from "./testing/fake-dependencies.ts";
import { createFakeEngine } from "./testing/fake-engine.ts";
import { createFakeStorage } from "./testing/fake-storage.ts";

/** While the person types: see the tests of the runner. */
test.each(["stopped", "auto-run off"])("a page that opens says what is wrong with a manifest: %s", async (when) => {
  const storage = createFakeStorage();
  const engine = createFakeEngine();
  const open = () => createKernel(createFakeDependencies(`draft-check-${when}`, engine, storage), createStudioStore());
  const first = open();
  await first.actions.start();
  if (when === "stopped") await first.actions.stop();
  else await first.actions.playground.configure({ autoRun: false });
  await first.actions.playground.write("spin.toml", "{");
  await vi.waitFor(() => expect(first.store.getState().workspace.saved).toBe("saved"));

  const second = open();
  await second.actions.start();
  await vi.waitFor(() =>
    expect(second.store.getState().diagnostics).toEqual([
      expect.objectContaining({ code: "manifest-invalid", file: "spin.toml" }),
    ]),
  );
});

test("a denial goes where its component goes, while the manifest is edited and not run", async () => {
  const engine = createFakeEngine();
  const kernel = createKernel(createFakeDependencies("moved", engine, createFakeStorage()), createStudioStore());
  const lines = () => kernel.store.getState().diagnostics.map(({ code, line }) => `${code} ${line ?? 0}`);
  await kernel.actions.start();
  await kernel.actions.playground.open(echoFiles("answer"));
  await kernel.actions.playground.settled();
  await kernel.actions.playground.configure({ autoRun: false });
  engine.emit({ type: "denied", component: "counter", destination: "https://a.example", hint: "Allow it." });
  expect(lines()).toEqual(["outbound-denied 9"]);
  await kernel.actions.playground.write("spin.toml", manifestText({ components: { first: {}, counter: {} } }));
  await vi.waitFor(() => expect(lines()).toEqual(["outbound-denied 19"]));
});
