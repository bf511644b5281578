import { beforeEach, expect, test, vi } from "vitest";
import type { CookieChange, CookieStore, ServiceWorkerScope, StoreCookie } from "../scope.ts";
import { Cookies } from "./cookies.ts";
import type { JarRecord, JarStorage } from "./jar-storage.ts";

/** A browser's cookies, as Chromium's Cookie Store has them: it adds a slash to paths, and reads those for `/` back. */
class FakeStore implements CookieStore {
  cookies: StoreCookie[] = [];
  onChange: ((change: CookieChange) => void) | undefined;

  async getAll({ name, url }: { name?: string; url?: string } = {}): Promise<StoreCookie[]> {
    const { pathname } = new URL(url ?? "http://a1.play.test/sw.js");
    return this.cookies.filter(
      (cookie) => (name === undefined || cookie.name === name) && pathname.startsWith(cookie.path ?? "/"),
    );
  }

  async set(cookie: Parameters<CookieStore["set"]>[0]): Promise<void> {
    if (cookie.name.length + cookie.value.length > 100) throw new TypeError("too long");
    const stored = { ...cookie, path: cookie.path.endsWith("/") ? cookie.path : `${cookie.path}/` };
    this.#drop(cookie.name, stored.path);
    this.cookies.push(stored);
    this.onChange?.({ changed: [stored], deleted: [] });
  }

  async delete({ name, path }: { name: string; path: string }): Promise<void> {
    this.#drop(name, path.endsWith("/") ? path : `${path}/`);
  }

  /** What a page sees at `/`. */
  get document(): string {
    return this.cookies.flatMap(({ name, value, path }) => (path === "/" ? `${name}=${value}` : [])).join("; ");
  }

  #drop(name: string, path: string): void {
    this.cookies = this.cookies.filter((cookie) => cookie.name !== name || cookie.path !== path);
  }
}

const get = (path: string, init?: RequestInit): Request => new Request(`http://a1.play.test${path}`, init);
const fields = (...values: string[]): [string, string][] => values.map((value) => ["set-cookie", value]);

let store: FakeStore;
let storage: JarStorage;
let record: JarRecord;
const subscribed = vi.fn<(subscriptions: { url: string }[]) => Promise<void>>(async () => undefined);

/** A service worker that has just started. */
function start({ hasStore } = { hasStore: true }): Cookies {
  const cookieStore = hasStore ? store : undefined;
  const location = { host: "a1.play.test", origin: "http://a1.play.test" };
  const registration = { cookies: { subscribe: subscribed, unsubscribe: async () => undefined } };
  return new Cookies({ location, registration, cookieStore } as unknown as ServiceWorkerScope, storage);
}

beforeEach(() => {
  store = new FakeStore();
  record = { cookies: [] };
  storage = { load: async () => structuredClone(record), save: async (next) => void (record = structuredClone(next)) };
  subscribed.mockClear();
});

test("several cookies of one answer come back, and pages see those they may", async () => {
  const cookies = start();
  const headers = fields("session=s1; HttpOnly; Path=/", "theme=dark; Path=/", "other=1");
  const { refusals, stored } = await cookies.take(get("/login"), [["x-a", "1"], ...headers]);
  await stored;
  expect(refusals).toEqual([]);
  expect(await cookies.fieldFor(get("/"))).toBe("session=s1; theme=dark; other=1");
  expect(store.document).toBe("theme=dark; other=1");
});

test("what a page writes reaches the guest, and what it deletes does not", async () => {
  const cookies = start();
  await cookies.take(get("/"), fields("theme=dark; Path=/"));
  await store.set({ name: "theme", value: "caf\u00e9", path: "/", expires: null, sameSite: "lax" });
  expect(await cookies.fieldFor(get("/x/y"))).toBe("theme=caf\u00c3\u00a9");
  await store.delete({ name: "theme", path: "/" });
  expect(await cookies.fieldFor(get("/"))).toBeUndefined();
});

test("a page cannot write over a cookie that it must not see", async () => {
  const cookies = start();
  await cookies.take(get("/"), fields("session=s1; HttpOnly; Path=/"));
  await store.set({ name: "session", value: "forged", path: "/", expires: null, sameSite: "lax" });
  expect(await cookies.fieldFor(get("/"))).toBe("session=s1");
  await cookies.changed({ changed: [{ name: "session", value: "forged", path: "/" }], deleted: [] });
  expect(await cookies.fieldFor(get("/"))).toBe("session=s1");
});

test("the guest may show a cookie that was hidden, hide it again, and delete it", async () => {
  const cookies = start();
  await cookies.take(get("/"), fields("a=1; HttpOnly"));
  await cookies.take(get("/"), fields("a=2"));
  expect([await cookies.fieldFor(get("/")), store.document]).toEqual(["a=2", "a=2"]);
  await cookies.take(get("/"), fields("a=3; HttpOnly"));
  expect([await cookies.fieldFor(get("/")), store.document]).toEqual(["a=3", ""]);
  await cookies.take(get("/"), fields("a=; Max-Age=0"));
  expect(await cookies.fieldFor(get("/"))).toBeUndefined();
});

test("cookies of a narrower path are for that path, are seen there, and follow what pages do", async () => {
  const cookies = start();
  store.onChange = (change) => void cookies.changed(change);
  await cookies.take(get("/shop/cart"), fields("cart=1", "list=2; Path=/shop/"));
  expect(await cookies.fieldFor(get("/shop/cart"))).toBe("list=2; cart=1");
  expect(await cookies.fieldFor(get("/shop"))).toBe("cart=1");
  expect(await cookies.fieldFor(get("/"))).toBeUndefined();
  expect(subscribed).toHaveBeenCalledWith([{ url: "http://a1.play.test/shop" }]);
  const shown = store.cookies.flatMap(({ name, path }) => (path === "/shop/" ? name : []));
  expect(shown).toEqual(["cart", "list"]);
  await cookies.changed({ changed: [{ name: "cart", value: "9", path: "/shop/" }], deleted: [] });
  await cookies.changed({ changed: [{ name: "own", value: "p", path: "/shop" }], deleted: [] });
  await cookies.changed({ changed: [], deleted: [{ name: "list", path: "/shop/" }] });
  expect(await cookies.fieldFor(get("/shop/cart"))).toBe("cart=9; own=p");
});

test("a page below a directory has its changes watched", async () => {
  const cookies = start();
  const navigation = Object.defineProperty(get("/shop/cart"), "mode", { value: "navigate" });
  await cookies.fieldFor(navigation);
  await cookies.fieldFor(navigation);
  await cookies.fieldFor(get("/elsewhere/x"));
  expect(subscribed.mock.calls).toEqual([[[{ url: "http://a1.play.test/shop" }]]]);
});

test("a request without credentials sends none and takes none", async () => {
  const cookies = start();
  await cookies.take(get("/"), fields("a=1"));
  const omitting = get("/", { credentials: "omit" });
  expect(await cookies.fieldFor(omitting)).toBeUndefined();
  await cookies.take(omitting, fields("b=1"));
  expect(await cookies.fieldFor(get("/"))).toBe("a=1");
});

test("what is refused says so, and what pages cannot have is kept from them alone", async () => {
  const cookies = start();
  const { refusals } = await cookies.take(
    get("/"),
    fields("a=1; Domain=play.test", `long=${"x".repeat(200)}`, "bytes=\u00ff"),
  );
  expect(refusals).toEqual([expect.stringContaining('"a" was refused: its domain "play.test"')]);
  expect(store.document).toBe("");
  expect(await cookies.fieldFor(get("/"))).toBe(`long=${"x".repeat(200)}; bytes=\u00ff`);
});

test("the jar outlives the service worker, and cookies without an expiry end with the browser's session", async () => {
  await (
    await start().take(get("/"), fields("s=1; HttpOnly", "k=2; HttpOnly; Max-Age=60"))
  ).stored;
  expect(await start().fieldFor(get("/"))).toBe("s=1; k=2");
  // Closing the browser drops its own cookies of the session, the one that names it among them.
  store.cookies = store.cookies.filter(({ expires }) => expires !== null);
  expect(await start().fieldFor(get("/"))).toBe("k=2");
});

test("without a Cookie Store all cookies are in the jar", async () => {
  const cookies = start({ hasStore: false });
  await (
    await cookies.take(get("/"), fields("a=1; Path=/", "b=2; HttpOnly"))
  ).stored;
  expect(await start({ hasStore: false }).fieldFor(get("/"))).toBe("a=1; b=2");
  expect(store.cookies).toEqual([]);
});

test("the engine's own paths have no cookies", async () => {
  const cookies = start();
  await cookies.take(get("/"), fields("a=1; Path=/"));
  const getAll = vi.spyOn(store, "getAll");
  expect(await cookies.fieldFor(get("/.well-known/spin/playground/echo"))).toBeUndefined();
  expect(getAll).not.toHaveBeenCalled();
});
