import { expect, test } from "vitest";
import { CookieJar } from "./jar.ts";
import type { Cookie } from "./set-cookie.ts";

const cookie = (name: string, changes: Partial<Cookie> = {}): Cookie => ({
  name,
  value: "1",
  path: "/",
  httpOnly: true,
  secure: false,
  sameSite: "lax",
  ...changes,
});
const names = (jar: CookieJar, pathname: string, now = 0): string[] => jar.match(pathname, now).map(({ name }) => name);

test("cookies match by path, the longest first, then the oldest", () => {
  const jar = new CookieJar();
  jar.set(cookie("root"), 1);
  jar.set(cookie("deep", { path: "/shop/cart" }), 2);
  jar.set(cookie("shop", { path: "/shop" }), 3);
  jar.set(cookie("older", { path: "/" }), 0);
  jar.set(cookie("slash", { path: "/shop/" }), 4);
  expect(names(jar, "/shop/cart/1")).toEqual(["deep", "slash", "shop", "older", "root"]);
  expect(names(jar, "/shop")).toEqual(["shop", "older", "root"]);
  expect(names(jar, "/shopping")).toEqual(["older", "root"]);
});

test("a cookie takes the place of the one with its name and path, and keeps its age", () => {
  const jar = new CookieJar();
  jar.set(cookie("a", { value: "old" }), 1);
  jar.set(cookie("b"), 2);
  jar.set(cookie("a", { path: "/x" }), 3);
  jar.set(cookie("a", { value: "new" }), 4);
  expect(jar.match("/", 5).map(({ name, value }) => `${name}=${value}`)).toEqual(["a=new", "b=1"]);
  expect(jar.all).toHaveLength(3);
});

test("an expired cookie is gone, and one that has expired already removes what was there", () => {
  const jar = new CookieJar();
  jar.set(cookie("a", { expires: 10 }), 1);
  jar.set(cookie("b"), 1);
  expect(names(jar, "/", 9)).toEqual(["a", "b"]);
  expect(names(jar, "/", 10)).toEqual(["b"]);
  jar.set(cookie("b", { expires: 0 }), 11);
  expect(jar.all).toEqual([]);
});

test("a full jar drops the cookie that was not used for longest", () => {
  const jar = new CookieJar();
  for (let index = 0; index < 180; index += 1) jar.set(cookie(`c${index}`, { path: `/${index}` }), index);
  jar.match("/0", 1_000);
  jar.set(cookie("another"), 1_001);
  expect(jar.all).toHaveLength(180);
  expect([jar.get("c0", "/0") !== undefined, jar.get("c1", "/1")]).toEqual([true, undefined]);
});

test("cookies of the session end with it", () => {
  const jar = new CookieJar();
  jar.set(cookie("session"), 0);
  jar.set(cookie("kept", { expires: 100 }), 0);
  jar.endSession();
  expect(jar.all.map(({ name }) => name)).toEqual(["kept"]);
});
