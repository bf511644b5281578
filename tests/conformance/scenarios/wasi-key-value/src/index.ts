import { open } from "wasi:keyvalue/store@0.2.0-draft2";
import { Cas, increment, swap } from "wasi:keyvalue/atomics@0.2.0-draft2";
import { deleteMany, getMany, setMany } from "wasi:keyvalue/batch@0.2.0-draft2";

/** Store, batch and atomics over one bucket that is empty at first, and is left empty. */
function check(): void {
  refused("a bucket that is not declared", () => open("forbidden"), "access-denied");
  const bucket = open("default");
  const text = (value: Uint8Array | undefined) => (value === undefined ? null : new TextDecoder().decode(value));
  const bytes = (value: string) => new TextEncoder().encode(value);
  same("exists before set", bucket.exists("bar"), false);
  same("get before set", text(bucket.get("bar")), null);
  bucket.set("bar", bytes("baz"));
  same("exists", bucket.exists("bar"), true);
  same("get", text(bucket.get("bar")), "baz");
  same("keys", bucket.listKeys().keys, ["bar"]);
  refused("a cursor", () => bucket.listKeys("0"), "other");
  bucket.delete("bar");
  bucket.delete("bar");

  setMany(bucket, [
    ["bar", bytes("bin")],
    ["alex", bytes("rocks")],
  ]);
  same(
    "many",
    getMany(bucket, ["alex", "bar", "none"])
      .map(([key, value]) => [key, text(value)])
      .sort(),
    [
      ["alex", "rocks"],
      ["bar", "bin"],
      ["none", null],
    ],
  );
  deleteMany(bucket, ["bar", "alex"]);
  same("keys after delete", bucket.listKeys().keys, []);

  same(
    "increment",
    [10n, 5n].map((delta) => String(increment(bucket, "count", delta))),
    ["10", "15"],
  );
  bucket.delete("count");
  bucket.set("bar", bytes("bin"));
  const cas = Cas.new(bucket, "bar");
  same("current", text(cas.current()), "bin");
  swap(cas, bytes("new"));
  same("swapped", text(bucket.get("bar")), "new");
  bucket.delete("bar");
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
