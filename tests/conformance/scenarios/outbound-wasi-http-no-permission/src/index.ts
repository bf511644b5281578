import { handle } from "wasi:http/outgoing-handler@0.2.10";
import { Fields, OutgoingRequest } from "wasi:http/types@0.2.10";

/** Says where the denial came from: the call, or the future that it gave. */
function check(): void {
  const request = new OutgoingRequest(new Fields());
  request.setScheme({ tag: "HTTP" });
  request.setAuthority("localhost");
  request.setPathWithQuery("/");
  const future = handle(request, undefined);
  future.subscribe().block();
  const outcome = future.get() as { val?: { tag: string; val: { tag: string } } } | undefined;
  throw new Error(`incoming-response#get: ${outcome?.val?.tag} ${outcome?.val?.val.tag}`);
}

/** Answers 200 without a body when the check passes, else 500 with what is wrong. */
addEventListener("fetch", (event: FetchEvent) => event.respondWith(answer(event.request)));

async function answer(request: Request): Promise<Response> {
  try {
    await check(request);
    return new Response(null);
  } catch (error) {
    return new Response(told(error), { status: 500 });
  }
}

/** The error of a host function by its case and text, any other error as it is. */
function told(error: unknown): string {
  const { payload } = error as { payload?: { tag: string; val?: string } | string };
  if (typeof payload === "string") return payload;
  if (payload !== undefined) return payload.val === undefined ? payload.tag : `${payload.tag}: ${payload.val}`;
  return String(error);
}

function same(what: string, value: unknown, expected: unknown): void {
  if (JSON.stringify(value) !== JSON.stringify(expected)) {
    throw new Error(`${what} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`);
  }
}
