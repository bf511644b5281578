import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { StudioStore } from "../kernel/store.ts";

/** The bottom panels. */
export type PanelId = "log" | "request" | "traces" | "key-value" | "variables" | "components" | "problems";
/** What a narrow screen shows, one at a time. */
export type ViewId = "files" | "editor" | "preview" | "panels";

/** How the studio is arranged at the moment; nothing of the workspace or the application is here. */
export interface UiState {
  panel: PanelId;
  view: ViewId;
  /** Only the log lines of this request; set by "show log" of a response. */
  logRequest: string | undefined;
  /** The request whose trace shows; until one is chosen it is the newest. */
  trace: string | undefined;
  /** The component that is looked into; until one is chosen it is the first. */
  component: string | undefined;
  /** The variable whose field gets the focus as soon as the panel shows it. */
  variableToFill: string | undefined;
  /** The preview has shown an answer of the application since the page was opened. */
  answerShown: boolean;
}

export const uiStore = createStore<UiState>()(() => ({
  panel: "log",
  view: "editor",
  logRequest: undefined,
  trace: undefined,
  component: undefined,
  variableToFill: undefined,
  answerShown: false,
}));

export function useUi<T>(selector: (state: UiState) => T): T {
  return useStore(uiStore, selector);
}

/** A request that was chosen in one workspace is not shown in the next. */
export function forgetRequestsOfOthers(store: StudioStore): void {
  store.subscribe(({ workspace }, before) => {
    if (workspace.id !== before.workspace.id) uiStore.setState({ logRequest: undefined, trace: undefined });
  });
}

/** Brings a panel to the front, on narrow screens too. */
export function showPanel(panel: PanelId): void {
  uiStore.setState({ panel, view: "panels" });
}

export function showView(view: ViewId): void {
  uiStore.setState({ view });
}

/** Shows the variables, with the focus in the field of this one. */
export function showVariable(variableToFill: string): void {
  uiStore.setState({ panel: "variables", view: "panels", variableToFill });
}

/** Shows the log lines of one request. */
export function showLogOf(requestId: string): void {
  uiStore.setState({ panel: "log", view: "panels", logRequest: requestId });
}

/** Shows where the time of one request went. */
export function showTraceOf(requestId: string): void {
  uiStore.setState({ panel: "traces", view: "panels", trace: requestId });
}

/** Looks into a component. */
export function showComponent(component: string): void {
  uiStore.setState({ panel: "components", view: "panels", component });
}
