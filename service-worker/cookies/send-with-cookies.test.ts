import { expect, test, vi } from "vitest";
import type { Caller, CallResult, SendOptions } from "../../runtime/dispatch/caller.ts";
import { sendWithCookies } from "./send-with-cookies.ts";

const get = new Request("http://app.test/");
const post = new Request("http://app.test/", { method: "POST" });

/** Sends a request whose cookies are guessed as `guess`, and turn out to be what the returned function is given. */
function start(request: Request, guess: { field: string | undefined } | undefined) {
  let tell: (field: string | undefined) => void = () => undefined;
  const actual = new Promise<string | undefined>((resolve) => (tell = resolve));
  const sent: SendOptions[] = [];
  const caller: Caller = {
    inFlight: 0,
    close: () => undefined,
    send: vi.fn(async (_request: Request, options: SendOptions = {}) => {
      sent.push(options);
      return { requestId: String(sent.length) } as CallResult;
    }),
  };
  const cookies = { fieldFor: () => actual, guess: () => guess };
  const { signal } = new AbortController();
  let answeredBy: string | undefined;
  const answered = sendWithCookies(request, caller, cookies, { signal }).then(
    ({ requestId }) => (answeredBy = requestId),
  );
  return {
    sent,
    cookie: () => sent.map(({ headers }) => headers?.[0]?.[1]),
    tell,
    answered,
    answeredBy: () => answeredBy,
  };
}

test("a right guess is sent at once, and answered when it is known to be right", async () => {
  const { cookie, tell, answered, answeredBy } = start(get, { field: "a=1" });
  expect(cookie()).toEqual(["a=1"]);
  await new Promise((resolve) => setTimeout(resolve));
  expect(answeredBy()).toBeUndefined();
  tell("a=1");
  expect(await answered).toBe("1");
  expect(cookie()).toEqual(["a=1"]);
});

test("a wrong guess is cancelled, and sent again", async () => {
  const { sent, cookie, tell, answered } = start(get, { field: undefined });
  tell("a=1");
  expect(await answered).toBe("2");
  expect(cookie()).toEqual([undefined, "a=1"]);
  expect(sent.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
});

test("a request that may change something, or has no guess, waits", async () => {
  for (const [request, guess] of [[post, { field: "a=1" }] as const, [get, undefined] as const]) {
    const { cookie, tell, answered } = start(request, guess);
    await new Promise((resolve) => setTimeout(resolve));
    expect(cookie()).toEqual([]);
    tell("b=2");
    expect(await answered).toBe("1");
    expect(cookie()).toEqual(["b=2"]);
  }
});
