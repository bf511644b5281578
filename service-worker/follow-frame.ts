/**
 * Makes a page look like the one in its frame: title and address are kept in step, so that a reload or a bookmark leads
 * where the person is. What the frame would load from another origin takes the place of the whole page, since neither is
 * known of such a page, and many refuse to be framed.
 *
 * @param around the window of the page with the frame; both have one origin
 */
export function followFrame(frame: HTMLIFrameElement, around: Window): void {
  const { history, location, document } = around;
  let titles: MutationObserver | undefined;

  const followAddress = (inner: Window): void => {
    if (inner.location.origin === location.origin) history.replaceState(history.state, "", inner.location.href);
  };
  const followTitle = (inner: Window): void => {
    document.title = inner.document.title;
  };

  frame.addEventListener("load", () => {
    const inner = frame.contentWindow;
    titles?.disconnect();
    if (!inner || !isReadable(inner)) return;
    followAddress(inner);
    followTitle(inner);
    titles = new MutationObserver(() => followTitle(inner));
    titles.observe(inner.document.head, { subtree: true, childList: true, characterData: true });
    inner.navigation.addEventListener("currententrychange", () => followAddress(inner));
    inner.navigation.addEventListener("navigate", (event) => {
      const { destination, formData, downloadRequest, cancelable } = event;
      const isElsewhere = /^https?:/.test(destination.url) && new URL(destination.url).origin !== location.origin;
      // A form cannot be sent by anybody but its page.
      if (!isElsewhere || formData !== null || downloadRequest !== null || !cancelable) return;
      event.preventDefault();
      location.assign(destination.url);
    });
    frame.focus();
  });

  // The person changed the fragment in the address bar.
  around.addEventListener("hashchange", () => {
    const inner = frame.contentWindow;
    if (inner && isReadable(inner) && inner.location.href !== location.href) inner.location.replace(location.href);
  });
}

function isReadable(inner: Window): boolean {
  try {
    return inner.document !== null;
  } catch {
    // SecurityError: a page of another origin.
    return false;
  }
}
