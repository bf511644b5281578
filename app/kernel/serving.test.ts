import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import { createKernel } from "./kernel.ts";
import { createStudioStore } from "./store.ts";
import { createFakeDependencies, echoFiles } from "./testing/fake-dependencies.ts";
import { createFakeEngine } from "./testing/fake-engine.ts";

const kernel = createKernel(createFakeDependencies("serving", createFakeEngine()), createStudioStore());
const { playground } = kernel.actions;
const state = () => kernel.store.getState();

it("shows what Spin prints at the start, and not again for an edit that leaves it as it is", async () => {
  await playground.open(echoFiles("one"));
  await playground.settled();
  await playground.write("src/index.ts", "two");
  await playground.settled();
  await playground.logs();
  const { id } = state().workspace;
  const origin = `http://${id}.play.localhost:5173`;
  const listing = [`Serving ${origin}`, "Available Routes:", `  counter: ${origin}/counter`];
  expect(state().logs.map(({ text }) => text)).toEqual(listing);
  await playground.up();
  expect(await playground.logs()).toEqual([]);
  expect(state().logs.map(({ text }) => text)).toEqual([...listing, ...listing]);
});
