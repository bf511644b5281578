/**
 * The path of a request, decoded, as a file lookup may use it: it starts with `/`, and no segment leads out of a folder.
 * `undefined` for anything else (another request form, a broken escape, `..`, a NUL, a backslash).
 *
 * @param target the request target as Node gives it in `request.url`, e.g. `/assets/a.js?x=1`
 */
export function requestPath(target: string | undefined): string | undefined {
  const path = decode((target ?? "").split(/[?#]/, 1)[0] ?? "");
  if (path === undefined || !path.startsWith("/")) return undefined;
  if (path.includes("\0") || path.includes("\\")) return undefined;
  return path.split("/").includes("..") ? undefined : path;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // A malformed escape (URIError, the only error this call has) is a malformed request.
    return undefined;
  }
}
