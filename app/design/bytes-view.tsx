import { type ReactNode, useMemo, useState } from "react";
import { presentBody } from "../utils/present-body.ts";
import { decodeText } from "../utils/text-detection.ts";
import { BytesImage } from "./bytes-image.tsx";
import { Button } from "./button.tsx";
import { HexDump } from "./hex-dump.tsx";
import styles from "./bytes-view.module.css";

interface BytesViewProps {
  bytes: Uint8Array;
  contentType?: string | undefined;
}

/** Bytes in the form that suits them: indented JSON, text, an image or a hex dump. Never live HTML. */
export function BytesView({ bytes, contentType }: BytesViewProps): ReactNode {
  const [raw, setRaw] = useState(false);
  const [hex, setHex] = useState(false);
  const presentation = useMemo(() => presentBody(bytes, contentType), [bytes, contentType]);
  const { kind } = presentation;
  if (kind === "empty") return <p className={styles.none}>No bytes.</p>;
  const text = kind === "json" || kind === "text" ? presentation.text : undefined;
  return (
    <div className={styles.view}>
      <div className={styles.forms} role="group" aria-label="Form">
        {kind === "json" && (
          <Button look="quiet" aria-pressed={raw && !hex} onClick={() => (setRaw(!raw || hex), setHex(false))}>
            Raw
          </Button>
        )}
        {kind !== "bytes" && (
          <Button look="quiet" aria-pressed={hex} onClick={() => setHex(!hex)}>
            Hex
          </Button>
        )}
      </div>
      {hex || kind === "bytes" ? (
        <HexDump bytes={bytes} />
      ) : kind === "image" ? (
        <BytesImage bytes={bytes} mediaType={presentation.mediaType} alt="The bytes as an image" />
      ) : (
        <pre className={styles.text}>{raw ? decodeText(bytes) : text}</pre>
      )}
    </div>
  );
}
