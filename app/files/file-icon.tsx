import { Braces, File, FileCode, FileText, Image, Package, Settings2 } from "lucide-react";
import type { ReactNode } from "react";

const icons: [pattern: RegExp, icon: typeof File][] = [
  [/\.wasm$/, Package],
  [/\.toml$/, Settings2],
  [/\.(jsonc?|map)$/, Braces],
  [/\.([cm]?[jt]sx?|html?|css|py|rs|go)$/, FileCode],
  [/\.(png|jpe?g|gif|webp|svg|ico|avif)$/, Image],
  [/\.(md|txt)$/, FileText],
];

/** An icon for the kind of file that the name tells. */
export function FileIcon({ path }: { path: string }): ReactNode {
  const Icon = icons.find(([pattern]) => pattern.test(path))?.[1] ?? File;
  return <Icon size={14} aria-hidden />;
}
