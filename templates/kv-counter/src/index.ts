import { AutoRouter, html } from "itty-router";
import { countView, counts, reset } from "./counter";
import { page } from "./page";

const router = AutoRouter();

router.get("/api/counts", () => counts());

router.delete("/api/counts", () => {
  reset();
  return counts();
});

// Browsers ask for an icon by themselves: not a page view.
router.get("/favicon.ico", () => new Response(null, { status: 204 }));

// Any other path is a page.
router.get("*", ({ url }: Request) => {
  const { pathname } = new URL(url);
  const views = countView(pathname);
  console.log(`${pathname}: ${views}`);
  return html(page(pathname, views, counts()));
});

addEventListener("fetch", (event: any) => {
  event.respondWith(router.fetch(event.request));
});
