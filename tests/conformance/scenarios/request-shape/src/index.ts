/** Checks that a request arrives as it was sent, with the headers that Spin adds, each once, and no others of their kind. */
function check(request: Request): void {
  const { host, pathname, search, protocol } = new URL(request.url);
  same("method", request.method, "GET");
  same("path", pathname + search, "/base/path/end/rest?key=value");
  same("scheme", protocol, "http:");
  const expected: Record<string, string> = {
    "spin-base-path": "/",
    "spin-component-route": "/base/:path_segment/:path_end",
    "spin-full-url": `http://${host}/base/path/end/rest?key=value`,
    "spin-matched-route": "/base/:path_segment/:path_end/...",
    "spin-path-info": "/rest",
    "spin-path-match-path-end": "end",
    "spin-path-match-path-segment": "path",
    "spin-raw-component-route": "/base/:path_segment/:path_end/...",
  };
  const added = [...request.headers].filter(([name]) => name.startsWith("spin-"));
  // A header that came twice would have both values here.
  same("headers", Object.fromEntries(added.filter(([name]) => name !== "spin-client-addr").sort()), expected);
  const address = request.headers.get("spin-client-addr") ?? "";
  if (!/^(?:\d+\.\d+\.\d+\.\d+|\[[0-9a-f:]+\]):\d+$/.test(address)) throw new Error(`spin-client-addr is ${address}`);
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
