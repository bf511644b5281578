import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { createKernel } from "./kernel.ts";
import { createStudioStore } from "./store.ts";
import { createFakeDependencies } from "./testing/fake-dependencies.ts";
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
