import type { StudioState } from "../kernel/state.ts";
import { formatBytes } from "../utils/format-bytes.ts";

/** Packs whose names are not written as their ids. */
const names: Record<string, string> = { javascript: "JavaScript" };

/** A download in words, and in per cent of the whole; without that when the size is unknown or nothing is left to fetch. */
export function describeProgress(download: NonNullable<StudioState["packProgress"]>): {
  text: string;
  percent: number | undefined;
} {
  const { loaded, total } = download;
  const isComponent = "component" in download;
  const what = isComponent
    ? `component ${download.component}`
    : `the ${names[download.pack] ?? download.pack} toolchain`;
  if (total > 0 && loaded >= total) return { text: `Preparing ${what}`, percent: undefined };
  const amount = total > 0 ? `${formatBytes(loaded)} of ${formatBytes(total)}` : formatBytes(loaded);
  return {
    text: `Fetching ${what}, ${amount}`,
    percent: total > 0 ? Math.floor((100 * loaded) / total) : undefined,
  };
}
