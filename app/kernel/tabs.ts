import type { StudioState } from "./state.ts";
import { isWithin } from "./workspace-paths.ts";

type Tabs = StudioState["tabs"];

/** The file that a newly opened workspace shows: the first source, else the manifest. */
export function firstFile(paths: readonly string[]): string | undefined {
  const sorted = [...paths].sort();
  const source =
    sorted.find((path) => /(^|\/)src\/index\.[a-z]+$/.test(path)) ?? sorted.find((path) => isWithin(path, "src"));
  return source ?? sorted.find((path) => path === "spin.toml") ?? sorted[0];
}

/** Opens a tab, or turns to it. */
export function openTab({ open }: Tabs, path: string): Tabs {
  return { open: open.includes(path) ? open : [...open, path], active: path };
}

/** Closes a tab; when it was the one shown, its right neighbour is, or else its left one. */
export function closeTab(tabs: Tabs, path: string): Tabs {
  const index = tabs.open.indexOf(path);
  if (index === -1) return tabs;
  const open = tabs.open.filter((other) => other !== path);
  return { open, active: tabs.active === path ? open[Math.min(index, open.length - 1)] : tabs.active };
}

/** The tabs after a file or folder was renamed, or deleted when `to` is missing. */
export function moveTabs(tabs: Tabs, from: string, to?: string): Tabs {
  if (to === undefined) return tabs.open.filter((path) => isWithin(path, from)).reduce(closeTab, tabs);
  const moved = (path: string): string => (isWithin(path, from) ? to + path.slice(from.length) : path);
  return { open: tabs.open.map(moved), active: tabs.active === undefined ? undefined : moved(tabs.active) };
}
