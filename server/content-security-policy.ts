/**
 * The policy of every studio response, workers' scripts included (a worker obeys the policy of its own script).
 * `wasm-unsafe-eval` is for esbuild and the JavaScript engine; inline styles are Monaco's and React's. Applications are
 * framed and spoken to on origins below the studio's host; a host source without a scheme takes the page's own.
 *
 * @param host the studio's host with its port, e.g. `play.localhost:5173`
 */
export function studioContentSecurityPolicy(host: string): string {
  const applications = `*.${host}`;
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${applications}`,
    `frame-src ${applications}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
