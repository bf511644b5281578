import { expect, test } from "vitest";
import { routeListing } from "./listing.ts";

test("is what spin up prints", () => {
  const routes = [
    { id: "home", route: "/", wildcard: false },
    { id: "hello", route: "/hello", wildcard: false },
    { id: "files", route: "/static", wildcard: true },
    { id: "all", route: "/", wildcard: true },
  ];
  expect(routeListing("http://127.0.0.1:3000/", routes, { hello: "Says hello", files: "" })).toBe(`
Serving http://127.0.0.1:3000
Available Routes:
  home: http://127.0.0.1:3000
  hello: http://127.0.0.1:3000/hello
    Says hello
  files: http://127.0.0.1:3000/static (wildcard)
  all: http://127.0.0.1:3000 (wildcard)
`);
});
