/**
 * The path and query that a typed address means on the application origin, beginning with a slash. Takes a path with or
 * without the slash and a whole URL of that origin; `undefined` for a URL of another one.
 */
export function requestPath(typed: string, origin: string): string | undefined {
  const text = typed.trim();
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    if (!URL.canParse(text)) return undefined;
    const url = new URL(text);
    return url.origin === origin ? url.pathname + url.search : undefined;
  }
  const rooted = text.startsWith("/") ? text : `/${text}`;
  // `//host` would be read as another origin.
  return rooted.replace(/^\/{2,}/, "/");
}

/** The path and query of an absolute URL, for showing; the text itself when it is no URL. */
export function pathOfUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  return parsed.pathname + parsed.search;
}
