/** Answers with what the route took of the path. */
addEventListener("fetch", (event: FetchEvent) => {
  const { headers } = event.request;
  event.respondWith(new Response(`${headers.get("spin-path-match-userid")}:${headers.get("spin-path-info")}`));
});
