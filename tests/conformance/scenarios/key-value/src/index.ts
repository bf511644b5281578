import { open, openDefault } from "@spinframework/spin-kv";

/** Goes through all operations of a store that is empty at first, and leaves it empty. */
function check(): void {
  refused("a store that is not declared", () => open("forbidden"), "access-denied");
  const store = openDefault();
  const text = (key: string) => {
    const value = store.get(key);
    return value === null ? null : new TextDecoder().decode(value);
  };
  same("keys of a new store", store.getKeys(), []);
  store.delete("bar");
  same("exists before set", store.exists("bar"), false);
  same("get before set", text("bar"), null);
  same("keys before set", store.getKeys(), []);
  store.set("bar", "baz");
  same("exists", store.exists("bar"), true);
  same("get", text("bar"), "baz");
  same("keys", store.getKeys(), ["bar"]);
  store.set("bar", "wow");
  same("get after a second set", text("bar"), "wow");
  store.set("qux", new Uint8Array());
  same("an empty value", text("qux"), "");
  same("two keys", store.getKeys().sort(), ["bar", "qux"]);
  store.delete("bar");
  store.delete("bar");
  store.delete("qux");
  same("keys at the end", store.getKeys(), []);
}

function refused(what: string, call: () => unknown, expected: string): void {
  try {
    call();
  } catch (error) {
    same(what, told(error).split(":")[0], expected);
    return;
  }
  throw new Error(`${what} was not refused`);
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
