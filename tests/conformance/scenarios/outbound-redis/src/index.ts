import { Connection } from "fermyon:spin/redis@2.0.0";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const binary = (text: string) => ({ tag: "binary", val: bytes(text) }) as const;

function ensure(what: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(what);
}

function check({ headers }: Request): void {
  const connection = Connection.open(headers.get("redis_address") ?? "");
  const kept = headers.get("kept");
  if (kept !== null) {
    ensure("kept", new TextDecoder().decode(connection.get("spin-example")) === kept);
    return;
  }

  connection.set("spin-example-get-set", bytes("Eureka!"));
  ensure("get", new TextDecoder().decode(connection.get("spin-example-get-set")) === "Eureka!");
  connection.set("spin-example-incr", bytes("0"));
  ensure("incr", connection.incr("spin-example-incr") === 1n);
  ensure("sadd", connection.sadd("spin-example-set", ["a", "b"]) === 2);
  ensure("smembers", connection.smembers("spin-example-set").sort().join() === "a,b");
  ensure("srem", connection.srem("spin-example-set", ["a"]) === 1);
  ensure("del", connection.del(["spin-example-get-set", "spin-example-incr", "spin-example-set"]) === 3);
  connection.publish("spin-example-channel", bytes("Eureka!"));

  connection.execute("set", [binary("spin-example"), binary("Eureka!")]);
  connection.execute("append", [binary("spin-example"), binary(" I've got it!")]);
  const [value] = connection.execute("get", [binary("spin-example")]);
  ensure("execute", value?.tag === "binary" && new TextDecoder().decode(value.val) === "Eureka! I've got it!");
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
