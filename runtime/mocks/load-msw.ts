/**
 * msw's request handlers, loaded when the first rule is there. Only its core is used: no service worker of msw's, and
 * nothing of the page is intercepted.
 */
export async function loadMsw() {
  const remove = provideLocalStorage();
  try {
    const { http, HttpResponse, getResponse } = await import("msw");
    return { http, HttpResponse, getResponse };
  } finally {
    remove();
  }
}

/**
 * msw reads its cookie jar from `localStorage` when it is loaded, and refuses to load without one; workers have none. For
 * that moment it gets an empty one. Nothing is ever stored: handlers that are asked directly only read the jar.
 */
function provideLocalStorage(): () => void {
  if ("localStorage" in globalThis) return () => {};
  Object.defineProperty(globalThis, "localStorage", { configurable: true, value: { getItem: () => null } });
  return () => {
    Reflect.deleteProperty(globalThis, "localStorage");
  };
}
