import type { ReactNode } from "react";
import { BytesImage } from "../design/bytes-image.tsx";
import { HexDump } from "../design/hex-dump.tsx";
import { formatBytes } from "../utils/format-bytes.ts";
import { baseName } from "../utils/path-tree.ts";
import styles from "./editor.module.css";

const imageTypes: Record<string, string> = {
  avif: "image/avif",
  gif: "image/gif",
  ico: "image/x-icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};

/** A file that is no text: an image as such, everything else in hexadecimal. */
export function BinaryView({ path, bytes }: { path: string; bytes: Uint8Array }): ReactNode {
  const imageType = imageTypes[path.slice(path.lastIndexOf(".") + 1).toLowerCase()];
  return (
    <div className={styles.binary}>
      <p className={styles.facts}>
        {baseName(path)}, {formatBytes(bytes.byteLength)}
      </p>
      {imageType === undefined ? (
        <HexDump bytes={bytes} />
      ) : (
        <BytesImage bytes={bytes} mediaType={imageType} alt={baseName(path)} />
      )}
    </div>
  );
}
