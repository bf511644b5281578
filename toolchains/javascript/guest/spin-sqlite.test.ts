import { beforeEach, expect, it, vi } from "vitest";
import { open, openDefault } from "./spin-sqlite.ts";

const { execute, opened } = vi.hoisted(() => ({ execute: vi.fn(), opened: vi.fn() }));
vi.mock("fermyon:spin/sqlite@2.0.0", () => ({
  Connection: {
    open: (label: string) => {
      opened(label);
      return { execute };
    },
  },
}));

beforeEach(() => {
  execute.mockReset().mockReturnValue({ columns: [], rows: [] });
});

it("opens a database by its label", () => {
  open("notes");
  openDefault();
  expect(opened.mock.calls).toEqual([["notes"], ["default"]]);
});

it("says the SQLite type of each parameter", () => {
  const bytes = new Uint8Array([1]);
  openDefault().execute("select ?", [
    1,
    1.5,
    2n,
    "text",
    bytes,
    null,
    { tag: "real", val: 1 },
    { tag: "integer", val: 3 },
  ]);
  expect(execute).toHaveBeenCalledWith("select ?", [
    { tag: "integer", val: 1n },
    { tag: "real", val: 1.5 },
    { tag: "integer", val: 2n },
    { tag: "text", val: "text" },
    { tag: "blob", val: bytes },
    { tag: "null" },
    { tag: "real", val: 1 },
    { tag: "integer", val: 3n },
  ]);
});

it("gives rows by the names of their columns", () => {
  const values = [{ tag: "integer", val: 7n }, { tag: "text", val: "Ada" }, { tag: "null" }];
  execute.mockReturnValue({ columns: ["id", "name", "note"], rows: [{ values }] });
  expect(openDefault().execute("select *")).toEqual({
    columns: ["id", "name", "note"],
    rows: [{ id: 7n, name: "Ada", note: null }],
  });
});
