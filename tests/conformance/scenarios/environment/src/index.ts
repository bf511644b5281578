import { getEnvironment } from "wasi:cli/environment@0.2.10";

/** Answers with the environment as headers. */
addEventListener("fetch", (event: FetchEvent) => {
  const headers = getEnvironment().map(([name, value]): [string, string] => [`env_${name}`, value]);
  event.respondWith(new Response("I'm a teapot", { headers }));
});
