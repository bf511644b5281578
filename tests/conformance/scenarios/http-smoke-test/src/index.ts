import { get } from "@spinframework/spin-variables";

addEventListener("fetch", (event: FetchEvent) => event.respondWith(new Response(get("message"))));
