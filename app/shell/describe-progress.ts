import type { PackProgress } from "../../toolchains/toolchain.ts";
import { formatBytes } from "../utils/format-bytes.ts";

/** Packs whose names are not written as their ids. */
const names: Record<string, string> = { javascript: "JavaScript" };

/** A download in words, and in per cent of the whole; without that when the size is unknown or nothing is left to fetch. */
export function describeProgress({ pack, loaded, total }: PackProgress): { text: string; percent: number | undefined } {
  const name = names[pack] ?? pack;
  if (total > 0 && loaded >= total) return { text: `Preparing the ${name} toolchain`, percent: undefined };
  const amount = total > 0 ? `${formatBytes(loaded)} of ${formatBytes(total)}` : formatBytes(loaded);
  return {
    text: `Fetching the ${name} toolchain, ${amount}`,
    percent: total > 0 ? Math.floor((100 * loaded) / total) : undefined,
  };
}
