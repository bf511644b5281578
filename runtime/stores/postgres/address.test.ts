import { expect, test } from "vitest";
import { addressText, readAddress } from "./address.ts";

test.each([
  ["postgres://user:secret@db.example.com:6543/shop?sslmode=require", "postgres://db.example.com:6543/shop"],
  ["postgresql://localhost/a%20b", "postgres://localhost:5432/a b"],
  ["postgres://ann@localhost", "postgres://localhost:5432/ann"],
  ["postgres://[::1]:1/x", "postgres://localhost:1/x"],
  ["postgres://[::2]/x", "postgres://[::2]:5432/x"],
  ["host=127.0.0.1 dbname=x", "postgres://localhost:5432/x"],
  ["postgres://", "postgres://localhost:5432/postgres"],
  ["user=postgres password=secret host=localhost dbname=spin_dev", "postgres://localhost:5432/spin_dev"],
  ["host = a,b port = 1,2 user = ann", "postgres://a:1/ann"],
  ["dbname='it''s' password='x dbname=y'", "postgres://localhost:5432/it"],
  [String.raw`dbname='it\'s'`, "postgres://localhost:5432/it's"],
  ["", "postgres://localhost:5432/postgres"],
])("%s names the data of %s", (text, data) => {
  expect(addressText(readAddress(text))).toBe(data);
});
