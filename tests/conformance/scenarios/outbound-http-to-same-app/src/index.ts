/** One program, four components: `/target` answers, the others ask it, relative or by the name of the application. */
addEventListener("fetch", (event: FetchEvent) => event.respondWith(answer(event.request)));

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/target/")) return new Response(`Hello from ${pathname}`);
  const address = pathname.includes("-alt-") ? "http://self.alt/target/alt" : "/target/relative";
  try {
    const reply = await fetch(address);
    return new Response(await reply.text(), { status: reply.status });
  } catch {
    return new Response("denied", { status: 500 });
  }
}
