import { type ReactNode, useState } from "react";

interface PreviewFrameProps {
  title: string;
  /** Where the frame begins. Later values are ignored: they tell where its own page has gone. */
  address: string;
  className: string | undefined;
  onLoad: () => void;
}

/** The application's page. To send it elsewhere, give the frame another key. */
export function PreviewFrame({ title, address, className, onLoad }: PreviewFrameProps): ReactNode {
  const [source] = useState(address);
  return (
    <iframe
      className={className}
      title={title}
      src={source}
      onLoad={onLoad}
      // Everything an application's page may need, but not to navigate the studio away. Scripts and its own origin
      // together undo a sandbox only where the frame has the page's origin, and this one never has.
      // oxlint-disable-next-line react/iframe-missing-sandbox
      sandbox="allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads"
    />
  );
}
