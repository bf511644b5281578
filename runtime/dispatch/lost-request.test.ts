import { expect, test } from "vitest";
import { describeLoss, whyNotAgain, type LostRequest } from "./lost-request.ts";

const get: LostRequest = { method: "GET", hasBody: false, hasHead: false, wasRunning: false, isSecondTry: false };

test("only a request that changes nothing, and did not end its worker, is sent again, and once", () => {
  for (const method of ["GET", "HEAD", "OPTIONS", "TRACE"]) expect(whyNotAgain({ ...get, method })).toBeUndefined();
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "get", "X-OWN"])
    expect(whyNotAgain({ ...get, method })).toContain(method);
  expect(whyNotAgain({ ...get, method: "OPTIONS", hasBody: true })).toContain("body");
  expect(whyNotAgain({ ...get, hasHead: true })).toContain("a part of its answer");
  expect(whyNotAgain({ ...get, wasRunning: true })).toContain("own handler");
  expect(whyNotAgain({ ...get, isSecondTry: true })).toContain("second time");
});

test("the reason tells the request that may have caused the loss from the others", () => {
  expect(describeLoss("It computed.", { ...get, wasRunning: true })).toBe(
    "It computed. It was running the handler of this request.",
  );
  expect(describeLoss("It computed.", { ...get, method: "POST" })).toBe(
    "It computed. This request was lost with it, and was not sent again: a POST request may have changed something.",
  );
  expect(describeLoss("It computed.", get)).toContain("no other worker was there");
});
