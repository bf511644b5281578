/** The page at `/`. */
export function page(): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Hello, Spin!</title>
    <style>
      body { max-width: 36rem; margin: 4rem auto; padding: 0 1.5rem; font: 1rem/1.6 system-ui, sans-serif; }
      h1 { font-size: 2.25rem; line-height: 1.2; margin: 0 0 1rem; }
      code { padding: 0.1em 0.35em; border-radius: 4px; background: color-mix(in srgb, currentColor 10%, transparent); }
      li { margin: 0.5rem 0; }
      :root { color-scheme: light dark; }
    </style>
  </head>
  <body>
    <h1>Hello, Spin!</h1>
    <p>This page was made by a WebAssembly component. Change <code>src/page.ts</code> and it changes with it.</p>
    <ul>
      <li><a href="/hello">/hello</a> answers with text</li>
      <li><a href="/hello/you">/hello/you</a> takes a name out of the path, and its greeting from <code>spin.toml</code></li>
      <li><a href="/request">/request</a> shows what the component got</li>
    </ul>
  </body>
</html>`;
}
