import { AutoRouter, html, type IRequest, text } from "itty-router";
import * as variables from "@spinframework/spin-variables";
import { page } from "./page";

const router = AutoRouter();

router.get("/", () => html(page()));

router.get("/hello", () => text("Hello, Spin!"));

// The greeting is a variable of spin.toml.
router.get("/hello/:name", ({ params }: IRequest) =>
  text(`${variables.get("greeting") ?? "Hello"}, ${params["name"]}!`),
);

// What the component got. Spin adds headers of its own: look for those that begin with "spin-".
router.all("/request", async (request: Request) => ({
  method: request.method,
  url: request.url,
  headers: Object.fromEntries(request.headers),
  body: await request.text(),
}));

addEventListener("fetch", (event: any) => {
  event.respondWith(router.fetch(event.request));
});
