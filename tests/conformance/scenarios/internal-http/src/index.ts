import { getEnvironment } from "wasi:cli/environment@0.2.10";

/** One program, three components: each adds its name and the path that it was asked for, and asks the next. */
addEventListener("fetch", (event: FetchEvent) => event.respondWith(answer(event.request)));

async function answer(request: Request): Promise<Response> {
  const { ROLE: role = "" } = Object.fromEntries(getEnvironment());
  const { pathname } = new URL(request.url);
  if (pathname === "/denied") return denied();
  const said =
    `${role} ${request.method} ${pathname} ${request.headers.get("spin-path-info")} ${await request.text()}`.trim();
  const next = { front: "middle", middle: "back" }[role];
  if (next === undefined) return new Response(said);
  const reply = await fetch(`http://${next}.spin.internal/to-${next}/`, { method: "POST", body: `from ${role}` });
  return new Response(`${said} | ${await reply.text()}`, { status: reply.status });
}

/** The front may ask the middle only. */
async function denied(): Promise<Response> {
  try {
    await fetch("http://back.spin.internal/");
    return new Response("sent");
  } catch {
    return new Response("denied", { status: 500 });
  }
}
