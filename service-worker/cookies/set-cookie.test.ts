import { expect, test } from "vitest";
import { defaultPath, readSetCookie } from "./set-cookie.ts";

const now = Date.UTC(2026, 0, 1);
const day = 24 * 3_600_000;
const url = new URL("http://a1.play.test:5173/shop/cart?x=1");
const read = (field: string) => readSetCookie(field, url, now);
const cookie = (field: string) => {
  const result = read(field);
  if ("refusal" in result) throw new Error(result.refusal);
  return result.cookie;
};

test("a cookie without attributes is one of the session, for its directory, and Lax", () => {
  expect(cookie("a=b=c; ")).toEqual({
    name: "a",
    value: "b=c",
    path: "/shop",
    httpOnly: false,
    secure: false,
    sameSite: "lax",
  });
});

test("attributes are read in any case and order, the last one counts, and unknown ones do not", () => {
  expect(cookie("id = x y ;SECURE;HttpOnly; path=/a; Path=/b ;SameSite=STRICT; Priority=High")).toMatchObject({
    name: "id",
    value: "x y",
    path: "/b",
    httpOnly: true,
    secure: true,
    sameSite: "strict",
  });
  expect(cookie('a="b"').value).toBe('"b"');
  expect(cookie("a=%20").value).toBe("%20");
  expect(cookie("a=b; SameSite=odd").sameSite).toBe("lax");
  expect(cookie("a=b; SameSite=None; Secure").sameSite).toBe("none");
});

test.each(["a=b; Path=", "a=b; Path=relative", `a=b; Path=/${"x".repeat(1024)}`])(
  "%s has the default path",
  (field) => {
    expect(cookie(field).path).toBe("/shop");
  },
);

test("a name or a value may be missing, not both", () => {
  expect(cookie("alone")).toMatchObject({ name: "", value: "alone" });
  expect(cookie("=alone")).toMatchObject({ name: "", value: "alone" });
  expect(cookie("a=")).toMatchObject({ name: "a", value: "" });
  for (const field of ["", "=", " ; Path=/"]) expect(read(field)).toHaveProperty("refusal");
});

test("Max-Age comes before Expires, and no cookie lives longer than 400 days", () => {
  expect(cookie("a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT").expires).toBe(now + 60_000);
  expect(cookie("a=b; Expires=Fri, 02 Jan 2026 00:00:00 GMT").expires).toBe(now + day);
  expect(cookie("a=b; expires=Fri, 02-Jan-26 00:00:00 GMT").expires).toBe(now + day);
  expect(cookie("a=b; Max-Age=99999999999").expires).toBe(now + 400 * day);
  expect(cookie("a=b; Expires=Fri, 31 Dec 9999 23:59:59 GMT").expires).toBe(now + 400 * day);
  for (const field of ["a=b; Max-Age=0", "a=b; Max-Age=-1"]) expect(cookie(field).expires).toBe(0);
  for (const field of ["a=b; Max-Age=soon", "a=b; Expires=soon"]) expect(cookie(field).expires).toBeUndefined();
});

test("a domain may only be the host itself", () => {
  for (const domain of ["a1.play.test", ".A1.Play.test", ""]) expect(cookie(`a=b; Domain=${domain}`).name).toBe("a");
  for (const domain of ["play.test", ".play.test", "test", "a2.play.test", "x.a1.play.test", "example.com"])
    expect(read(`a=b; Domain=${domain}`)).toEqual({
      refusal: expect.stringContaining("is not this host, a1.play.test"),
    });
});

test.each([
  "__Secure-a=b",
  "__secure-a=b; Path=/",
  "__Host-a=b; Secure",
  "__Host-a=b; Secure; Path=/shop",
  "__Host-a=b; Path=/",
  "__Host-a=b; Secure; Path=/; Domain=a1.play.test",
  "=__Host-a=b; Secure; Path=/",
  "__Secure-a; Secure",
  "a=b; SameSite=None",
  "a=b\u0001",
  `a=${"x".repeat(4096)}`,
])("%s is refused", (field) => {
  expect(read(field)).toHaveProperty("refusal");
});

test("what the prefixes ask for is taken, and so are the longest ones", () => {
  expect(cookie("__Host-a=b; Secure; Path=/").name).toBe("__Host-a");
  expect(cookie("__Secure-a=b; Secure; Domain=a1.play.test").name).toBe("__Secure-a");
  expect(cookie(`a=${"x".repeat(4095)}`).value).toHaveLength(4095);
});

test.each([
  ["/", "/"],
  ["/a", "/"],
  ["/a/", "/a"],
  ["/a/b", "/a"],
])("the default path of %s is %s", (pathname, path) => {
  expect(defaultPath(pathname)).toBe(path);
});
