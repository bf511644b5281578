import { beforeEach, expect, vi } from "vitest";
import { createKernel, type Kernel } from "../kernel.ts";
import { createStudioStore } from "../store.ts";
import { createFakeDependencies, type FakeDependencies } from "./fake-dependencies.ts";
import { createFakeEngine } from "./fake-engine.ts";
import { createFakeStorage, type FakeStorage } from "./fake-storage.ts";

/** The kernel of a test file and what it stands on, new for each test. */
export let database = 0;
export let dependencies: FakeDependencies;
export let kernel: Kernel;
export let current: FakeStorage;

/** As a reload of the page does: what was kept stays, the rest is new. */
export function load(name = `kernel-${database}`): void {
  const deployments = dependencies?.engine.deployments;
  dependencies = createFakeDependencies(name, createFakeEngine(deployments), current);
  kernel = createKernel(dependencies, createStudioStore());
}
/** The same once everything is saved. */
export async function reload(): Promise<void> {
  await vi.waitFor(() => expect(state().workspace.saved).toBe("saved"));
  load();
}
export const bytes = (text: string) => new TextEncoder().encode(text);
export const state = () => kernel.store.getState();
export const playground = () => kernel.actions.playground;
export const answer = async (path = "/") => (await playground().request(path)).text();

beforeEach(() => {
  database += 1;
  current = createFakeStorage();
  load();
});
