import { expect, test } from "vitest";
import { requestLabel } from "./request-label.ts";

test("a request is known by method, path and query, and before its trace by its id", () => {
  const trace = {
    requestId: "r",
    method: "PUT",
    url: "http://a.play.localhost/b?c=1",
    start: 0,
    status: 200,
    spans: [],
  };
  expect(requestLabel("0f3a9c2e-1111", trace)).toBe("PUT /b?c=1");
  const chained = { ...trace, url: "http://back.spin.internal/b" };
  expect(requestLabel("0f3a9c2e-1111", chained)).toBe("PUT back.spin.internal/b");
  expect(requestLabel("0f3a9c2e-1111", undefined)).toBe("0f3a9c2e");
});
