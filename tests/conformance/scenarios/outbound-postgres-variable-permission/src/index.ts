import { Connection } from "fermyon:spin/postgres@2.0.0";

function check(): void {
  const connection = Connection.open("postgres://postgres:secret@localhost/spin_dev");
  const { rows } = connection.query("SELECT 'permitted'", []);
  if (rows[0][0].val !== "permitted") throw new Error(`The answer is ${JSON.stringify(rows)}.`);
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
