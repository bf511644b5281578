import { useState } from "react";
import type { Trace } from "../../runtime/protocol.ts";
import type { RunningApplication } from "../kernel/state.ts";
import { useStudio } from "../kernel/store.ts";
import { afterLoad, type Navigation, navigationTrace } from "../utils/navigation-trace.ts";
import { pathOfUrl } from "../utils/request-path.ts";

/** Where the preview's frame is, and how it gets elsewhere. */
export interface PreviewNavigation {
  /** Path and query of the page shown, as far as its requests tell: the address of another origin cannot be read. */
  path: string;
  /** The request that brought the page. */
  trace: Trace | undefined;
  loading: boolean;
  /** A new value for each time that the studio sends the frame somewhere; the frame's key. */
  frameKey: string;
  /** Loads a path, also the one that is shown already. */
  go: (path: string) => void;
  /** For the frame's `load` event. */
  onLoad: () => void;
}

const begin = (): Navigation => ({ began: Date.now(), loaded: undefined });

/** Follows the frame of the running application: after each deploy it stays at its path, and loads it anew. */
export function useNavigation(application: RunningApplication | undefined): PreviewNavigation {
  const [sent, setSent] = useState({ origin: "", generation: 0, count: 0 });
  const [path, setPath] = useState("/");
  const [navigation, setNavigation] = useState(begin);
  const [followed, setFollowed] = useState<Trace>();
  const trace = useStudio((state) => navigationTrace(state.traces, navigation));

  if (application !== undefined && application.generation !== sent.generation) {
    const { url, generation } = application;
    // The same application stays where it is; another one begins at its root.
    if (sent.origin !== url) setPath("/");
    setSent({ ...sent, origin: url, generation });
    setNavigation(begin());
  } else if (trace !== undefined && trace !== followed) {
    setFollowed(trace);
    setPath(pathOfUrl(trace.url));
  }

  return {
    path,
    trace,
    loading: navigation.loaded === undefined,
    frameKey: `${sent.generation} ${sent.count}`,
    go(next) {
      setPath(next);
      setSent({ ...sent, count: sent.count + 1 });
      setNavigation(begin());
    },
    onLoad: () => setNavigation((before) => afterLoad(before, Date.now())),
  };
}
