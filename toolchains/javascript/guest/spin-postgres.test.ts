import { beforeEach, expect, it, vi } from "vitest";
import { open } from "./spin-postgres.ts";

const { execute, query, opened } = vi.hoisted(() => ({ execute: vi.fn(), query: vi.fn(), opened: vi.fn() }));
vi.mock("fermyon:spin/postgres@2.0.0", () => ({
  Connection: {
    open: (address: string) => {
      opened(address);
      return { execute, query };
    },
  },
}));

beforeEach(() => {
  execute.mockReset().mockReturnValue(2n);
});

it("says the type of each parameter, and gives how many rows were changed", () => {
  const bytes = new Uint8Array([1]);
  const params = [1, 1.5, 2n, "text", true, bytes, null, { tag: "int16" as const, val: 1 }];
  expect(open("postgres://db").execute("update", params)).toBe(2n);
  expect(opened).toHaveBeenCalledWith("postgres://db");
  expect(execute).toHaveBeenCalledWith("update", [
    { tag: "int32", val: 1 },
    { tag: "floating64", val: 1.5 },
    { tag: "int64", val: 2n },
    { tag: "str", val: "text" },
    { tag: "boolean", val: true },
    { tag: "binary", val: bytes },
    { tag: "db-null" },
    { tag: "int16", val: 1 },
  ]);
});

it("gives rows by the names of their columns", () => {
  const columns = ["id", "note", "when"].map((name) => ({ name, dataType: "str" }));
  query.mockReturnValue({ columns, rows: [[{ tag: "int64", val: 7n }, { tag: "db-null" }, { tag: "unsupported" }]] });
  expect(open("postgres://db").query("select", [])).toEqual({ columns, rows: [{ id: 7n, note: null, when: null }] });
});
