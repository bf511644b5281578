import { Download } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./drop-hint.module.css";

/** Lies over the whole page, the preview's frame included, while files are dragged over it. */
export default function DropHint(): ReactNode {
  return (
    <div className={styles.over}>
      <p className={styles.hint}>
        <Download size={18} aria-hidden />
        Drop a .wasm, a zip or a folder with spin.toml, or files for this workspace
      </p>
    </div>
  );
}
