import { plainText, retryAfter } from "../runtime/dispatch/plain-headers.ts";
import { engineChannel } from "../runtime/protocol.ts";

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Loads the page again when an application runs. */
const reload = `const engines=new BroadcastChannel("${engineChannel}");engines.onmessage=({data})=>data.type==="running"&&location.reload();`;
/** It may have begun to run while the request waited. */
const ask = `engines.postMessage({type:"running-wanted"});`;

/**
 * What a person sees in place of the application when nothing could answer: a page for navigations, which loads again as
 * soon as an engine runs (unless that would send a form again), and plain text for everything else.
 */
export function failurePage(request: Request, status: number, reason: string): Response {
  const again = status === 503 ? [retryAfter] : [];
  if (request.mode !== "navigate") return new Response(`${reason}\n`, { status, headers: [plainText, ...again] });
  const text = reason.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
  const isRepeatable = request.method === "GET";
  const script = isRepeatable ? `<script>${reload}${status === 503 ? ask : ""}</script>` : "";
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>No answer</title>
<style>body{font:15px/1.5 system-ui,sans-serif;display:grid;place-content:center;min-height:100vh;margin:0;padding:1rem;box-sizing:border-box}p{max-width:32rem}</style>
<p role="status">${text}</p>
${script}</html>`;
  const headers: [string, string][] = [
    ["content-type", "text/html; charset=utf-8"],
    ["cache-control", "no-store"],
    ...again,
  ];
  return new Response(page, { status, headers });
}
