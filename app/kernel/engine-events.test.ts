import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EngineEvent, LogLine, Trace } from "../../runtime/protocol.ts";
import { batchTime, createEngineEvents, type EngineEvents, logLimit, traceLimit } from "./engine-events.ts";
import { createFindings, type Findings } from "./findings.ts";
import { createStudioStore, type StudioStore } from "./store.ts";

const line = (text: string): LogLine => ({ time: 1, component: "a", stream: "stderr", requestId: "r", text });
const log = (text: string): EngineEvent => ({ type: "log", line: line(text) });
const trace = (requestId: string): Trace => ({ requestId, method: "GET", url: "/", start: 1, status: 200, spans: [] });

let store: StudioStore;
let findings: Findings;
let events: EngineEvents;

beforeEach(() => {
  vi.useFakeTimers();
  store = createStudioStore();
  findings = createFindings(store);
  events = createEngineEvents({
    store,
    findings,
    mapStack: (component, text) => `${component}:${text}`,
    placeOf: () => ({ line: 7, column: 1 }),
  });
});
afterEach(() => vi.useRealTimers());

describe("engine events", () => {
  it("puts lines together into one change, with mapped stacks", () => {
    const changed = vi.fn();
    store.subscribe(changed);
    events.receive(log("1"));
    events.receive(log("2"));
    expect(changed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(batchTime);
    expect(changed).toHaveBeenCalledOnce();
    expect(store.getState().logs.map(({ text }) => text)).toEqual(["a:1", "a:2"]);
  });

  it("keeps the newest lines and traces", () => {
    for (let index = 0; index <= logLimit; index += 1) events.receive(log(String(index)));
    for (let index = 0; index <= traceLimit; index += 1) events.receive({ type: "trace", trace: trace(String(index)) });
    events.flush();
    expect(store.getState().logs).toHaveLength(logLimit);
    expect(store.getState().logs.at(0)?.text).toBe("a:1");
    expect(store.getState().traces).toHaveLength(traceLimit);
    expect(store.getState().traces.at(-1)?.requestId).toBe(String(traceLimit));
  });

  it("counts changes of key-value stores", () => {
    events.receive({ type: "key-value", store: "default", key: "k" });
    events.receive({ type: "key-value", store: "default", key: "k" });
    expect(store.getState().keyValueRevision).toBe(2);
  });

  it("shows a denial once, at the component, beside the findings of the build", () => {
    findings.set([{ severity: "warning", code: "x", message: "build" }]);
    const denied: EngineEvent = { type: "denied", component: "a", destination: "https://b", hint: "Add it." };
    events.receive(denied);
    events.receive(denied);
    expect(store.getState().diagnostics).toEqual([
      { severity: "warning", code: "x", message: "build" },
      expect.objectContaining({ code: "outbound-denied", file: "spin.toml", line: 7 }),
    ]);
    findings.set([]);
    expect(store.getState().diagnostics).toHaveLength(1);
    // Lines were added before the component.
    findings.placeHints((id) => ({ line: id === "a" ? 9 : 1, column: 1 }));
    expect(store.getState().diagnostics).toMatchObject([{ code: "outbound-denied", line: 9 }]);
    findings.clearHints();
    expect(store.getState().diagnostics).toEqual([]);
  });

  it("says what a denied component would have needed, where that would help", () => {
    const grants = (event: EngineEvent) => {
      findings.clearHints();
      events.receive(event);
      return store.getState().diagnostics.map(({ grant }) => grant);
    };
    const outbound = { component: "a", field: "allowed_outbound_hosts" };
    const hint = "Add it.";
    expect(grants({ type: "denied", component: "a", destination: "https://b:1", hint })).toEqual([
      { ...outbound, entry: "https://b:1" },
    ]);
    expect(grants({ type: "denied", component: "a", destination: "self", hint })).toEqual([
      { ...outbound, entry: "http://self" },
    ]);
    const denied = { type: "store-denied", component: "a", field: "key_value_stores", label: "default", hint } as const;
    expect(grants({ ...denied, backed: true })).toEqual([
      { component: "a", field: "key_value_stores", entry: "default" },
    ]);
    expect(grants({ ...denied, field: "sqlite_databases", backed: true })).toEqual([
      { component: "a", field: "sqlite_databases", entry: "default" },
    ]);
    expect(grants({ ...denied, label: "other", backed: false })).toEqual([undefined]);
  });

  it("logs why the engine changed its state", () => {
    events.receive({ type: "state", state: "running", reason: "A worker was ended." });
    events.receive({ type: "state", state: "running" });
    events.flush();
    expect(store.getState().logs).toMatchObject([{ stream: "engine", text: "A worker was ended." }]);
  });
});

describe("traces", () => {
  it("gives one that came, and waits for one that will", async () => {
    events.receive({ type: "trace", trace: trace("old") });
    expect(await events.trace("old")).toEqual(trace("old"));
    events.expectTrace("new");
    const waiting = events.trace("new");
    events.receive({ type: "trace", trace: trace("new") });
    vi.advanceTimersByTime(batchTime);
    expect(await waiting).toEqual(trace("new"));
  });

  it("waits for a request of a page as soon as it has written a line", async () => {
    events.receive(log("begins"));
    const waiting = events.trace("r");
    events.receive({ type: "trace", trace: trace("r") });
    vi.advanceTimersByTime(batchTime);
    expect(await waiting).toEqual(trace("r"));
    // Once it is over and newer ones have taken its place, nobody waits for it.
    for (let index = 0; index < traceLimit; index += 1) events.receive({ type: "trace", trace: trace(String(index)) });
    await expect(events.trace("r")).rejects.toMatchObject({ code: "file-not-found" });
  });

  it("waits no longer when the engine is gone", async () => {
    events.expectTrace("late");
    const waiting = events.trace("late");
    events.abandon();
    await expect(waiting).rejects.toMatchObject({ code: "file-not-found" });
  });

  it("does not know others, nor those of a workspace that was left", async () => {
    await expect(events.trace("none")).rejects.toMatchObject({ code: "file-not-found" });
    events.expectTrace("late");
    const waiting = events.trace("late");
    events.reset();
    await expect(waiting).rejects.toMatchObject({ code: "file-not-found" });
  });
});
