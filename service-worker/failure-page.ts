const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * What a person sees in place of the application when nothing could answer: a page for navigations, which loads again as
 * soon as an engine runs, and plain text for everything else.
 */
export function failurePage(request: Request, status: number, reason: string): Response {
  if (request.mode !== "navigate") {
    return new Response(`${reason}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
  }
  const text = reason.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>No answer</title>
<style>body{font:15px/1.5 system-ui,sans-serif;display:grid;place-content:center;min-height:100vh;margin:0;padding:1rem;box-sizing:border-box}p{max-width:32rem}</style>
<p role="status">${text}</p>
<script>new BroadcastChannel("spin-playground-engine").onmessage=()=>location.reload()</script></html>`;
  return new Response(page, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
