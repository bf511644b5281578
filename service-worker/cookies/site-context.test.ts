import { expect, test } from "vitest";
import { isSent, isTaken, siteContext } from "./site-context.ts";

const host = "a1.play.test:5173";
const request = { mode: "navigate", method: "GET", destination: "document", referrer: "" } as const;

test.each(["", "http://a1.play.test:5173/x", "http://play.test:5173/", "http://a2.play.test:5173/"])(
  "a navigation from %s is of this site",
  (referrer) => {
    expect(siteContext({ ...request, referrer }, host).isSameSite).toBe(true);
  },
);

test.each(["https://example.com/", "http://evilplay.test:5173/", "http://play.test.example.com/", "http://localhost/"])(
  "a navigation from %s is not",
  (referrer) => {
    expect(siteContext({ ...request, referrer }, host).isSameSite).toBe(false);
  },
);

test("a request of a page is of this site", () => {
  const fetched = { mode: "cors", method: "POST", destination: "", referrer: "https://example.com/" } as const;
  expect(siteContext(fetched, host).isSameSite).toBe(true);
});

test("from another site, Strict is never sent, Lax when a link leads a tab here, None always", () => {
  const elsewhere = { ...request, referrer: "https://example.com/" };
  const link = siteContext(elsewhere, host);
  const form = siteContext({ ...elsewhere, method: "POST" }, host);
  const frame = siteContext({ ...elsewhere, destination: "iframe" }, host);
  const all = (test: typeof isSent, context: typeof link) =>
    (["strict", "lax", "none"] as const).filter((sameSite) => test(sameSite, context));
  expect([link, form, frame].map((context) => all(isSent, context))).toEqual([["lax", "none"], ["none"], ["none"]]);
  expect([link, form, frame].map((context) => all(isTaken, context))).toEqual([
    ["strict", "lax", "none"],
    ["strict", "lax", "none"],
    ["none"],
  ]);
});
