/** Posts a text to the address of the header `url`, and streams the echo back. The echo is this application too. */
addEventListener("fetch", (event: FetchEvent) => event.respondWith(answer(event.request)));

async function answer(request: Request): Promise<Response> {
  if (new URL(request.url).pathname === "/echo") return new Response(request.body, { status: 200 });
  const url = request.headers.get("url");
  if (url === null) return new Response("no url", { status: 400 });
  const echo = await fetch(url, { method: "POST", body: "Hello, world!" });
  return new Response(echo.body, { status: echo.status });
}
