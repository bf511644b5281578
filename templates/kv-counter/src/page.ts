/** The page of one path: its own views, and those of every path. */
export function page(path: string, views: number, counts: Record<string, number>): string {
  const rows = Object.entries(counts).map(
    ([other, count]) => `<tr><td><a href="${escape(other)}">${escape(other)}</a></td><td>${count}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${views} views of ${escape(path)}</title>
    <style>
      :root { color-scheme: light dark; }
      body { max-width: 36rem; margin: 4rem auto; padding: 0 1.5rem; font: 1rem/1.6 system-ui, sans-serif; }
      h1 { font-size: 2.25rem; line-height: 1.2; margin: 0 0 1rem; }
      table { width: 100%; margin: 2rem 0; border-collapse: collapse; }
      th, td { padding: 0.4rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); text-align: left; }
      th:last-child, td:last-child { text-align: right; font-variant-numeric: tabular-nums; }
      nav a { margin-right: 1rem; }
      code { padding: 0.1em 0.35em; border-radius: 4px; background: color-mix(in srgb, currentColor 10%, transparent); }
    </style>
  </head>
  <body>
    <h1>${views} ${views === 1 ? "view" : "views"} of ${escape(path)}</h1>
    <p>Each request ran a fresh WebAssembly instance. The count is in Spin's key-value store.</p>
    <nav><a href="/">/</a><a href="/about">/about</a><a href="/any/path">/any/path</a></nav>
    <table>
      <tr><th>Path</th><th>Views</th></tr>
      ${rows.join("\n      ")}
    </table>
    <p>Change <code>src/page.ts</code> and this page changes with it. <code>/api/counts</code> gives the counts as JSON.</p>
  </body>
</html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
