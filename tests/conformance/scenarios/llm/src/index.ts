import { infer } from "@spinframework/spin-llm";

function check(): void {
  infer("llama2-chat", "Hello");
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
