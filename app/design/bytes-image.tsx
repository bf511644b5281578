import { type ReactNode, useEffect, useMemo } from "react";

interface BytesImageProps {
  bytes: Uint8Array;
  mediaType: string;
  alt: string;
  className?: string | undefined;
}

/** An image out of bytes. As an image element it runs no script, also not of an SVG. */
export function BytesImage({ bytes, mediaType, alt, className }: BytesImageProps): ReactNode {
  const url = useMemo(
    () => URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mediaType })),
    [bytes, mediaType],
  );
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return <img src={url} alt={alt} className={className} style={{ maxWidth: "100%" }} />;
}
