import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { StudioState } from "./state.ts";

export type StudioStore = StoreApi<StudioState>;

/** The state of a page that has not read its workspace yet. */
export function initialState(): StudioState {
  return {
    workspace: { id: "", files: {}, saved: "saved" },
    tabs: { open: [], active: undefined },
    reveal: undefined,
    run: { phase: "idle", stale: false, application: undefined },
    autoRun: true,
    profile: "",
    diagnostics: [],
    typeDiagnostics: [],
    packProgress: undefined,
    logs: [],
    traces: [],
    variables: {},
    missingVariables: undefined,
    keyValueRevision: 0,
    problem: undefined,
    notice: undefined,
    arrivedWasm: undefined,
    watchedFolder: undefined,
  };
}

/** A store of its own, for tests; the page uses `studioStore`. */
export function createStudioStore(): StudioStore {
  return createStore<StudioState>()(() => initialState());
}

/** The store of this page. */
export const studioStore: StudioStore = createStudioStore();

/** Reads the page's state in a component, which renders again when what `selector` returns is another value. */
export function useStudio<T>(selector: (state: StudioState) => T): T {
  return useStore(studioStore, selector);
}
