import { afterEach, describe, expect, it, vi } from "vitest";
import { errno } from "./host-functions.ts";
import { preview1, type Preview1Options } from "./preview1.ts";
import { EngineExit } from "./process-functions.ts";

const root = 3;

/** A program's side of it: its memory, and calls with numbers, as Wasm makes them. */
function program(options: Partial<Preview1Options> = {}) {
  const memory = new ArrayBuffer(4 * 65_536);
  const output: [descriptor: number, text: string][] = [];
  const functions = preview1(
    {
      environment: {},
      standardInput: "",
      files: {},
      onOutput: (descriptor, text) => output.push([descriptor, text]),
      ...options,
    },
    () => memory,
  ) as Record<string, (...parameters: (number | bigint)[]) => number>;
  const call = (name: string, ...parameters: (number | bigint)[]) => functions[name]?.(...parameters);
  const view = new DataView(memory);
  const write = (address: number, text: string | Uint8Array): number => {
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    new Uint8Array(memory).set(bytes, address);
    return bytes.length;
  };
  const text = (address: number, length: number) =>
    new TextDecoder().decode(new Uint8Array(memory).slice(address, address + length));
  /** Lays out a list of buffers at 64; each is given by address and length. */
  const vectors = (...list: [address: number, length: number][]): [start: number, count: number] => {
    list.forEach(([address, length], index) => {
      view.setUint32(64 + 8 * index, address, true);
      view.setUint32(68 + 8 * index, length, true);
    });
    return [64, list.length];
  };
  const open = (path: string, folder = root) => {
    const length = write(2048, path);
    const result = call("path_open", folder, 0, 2048, length, 0, 0n, 0n, 0, 32);
    return { result, descriptor: view.getUint32(32, true) };
  };
  const read = (descriptor: number, length: number): string => {
    expect(call("fd_read", descriptor, ...vectors([4096, length]), 32)).toBe(errno.success);
    return text(4096, view.getUint32(32, true));
  };
  return { call, view, memory, output, write, text, vectors, open, read };
}

afterEach(() => {
  vi.useRealTimers();
});

it("gives the environment, each variable ended by a zero", () => {
  const { call, view, text } = program({ environment: { A: "1", NAME: "é" } });
  expect(call("environ_sizes_get", 0, 4)).toBe(errno.success);
  expect([view.getUint32(0, true), view.getUint32(4, true)]).toEqual([2, 4 + 8]);
  expect(call("environ_get", 16, 512)).toBe(errno.success);
  expect([view.getUint32(16, true), view.getUint32(20, true)]).toEqual([512, 516]);
  expect(text(512, 12)).toBe("A=1\0NAME=é\0");
});

it("gives no arguments", () => {
  const { call, view } = program();
  view.setUint32(0, 9, true);
  expect(call("args_sizes_get", 0, 4)).toBe(errno.success);
  expect(view.getUint32(0, true)).toBe(0);
});

it("reads standard input in pieces, into several buffers, to its end", () => {
  const { call, view, vectors, text, read } = program({ standardInput: "--path /s/source.js" });
  expect(call("fd_read", 0, ...vectors([4096, 3], [5000, 4]), 32)).toBe(errno.success);
  expect(view.getUint32(32, true)).toBe(7);
  expect(text(4096, 3) + text(5000, 4)).toBe("--path ");
  expect(read(0, 100)).toBe("/s/source.js");
  expect(read(0, 100)).toBe("");
});

it("tells output and error apart, and puts a character together that comes in two writes", () => {
  const { call, view, vectors, write, output } = program();
  const bytes = new TextEncoder().encode("né");
  write(4096, bytes);
  expect(call("fd_write", 1, ...vectors([4096, 2]), 32)).toBe(errno.success);
  expect(view.getUint32(32, true)).toBe(2);
  call("fd_write", 1, ...vectors([4098, 1]), 32);
  write(4096, "oops");
  call("fd_write", 2, ...vectors([4096, 4]), 32);
  expect(output).toEqual([
    [1, "n"],
    [1, "é"],
    [2, "oops"],
  ]);
});

it("writes to no file", () => {
  const { call, vectors, open } = program({ files: { "/a": "text" } });
  expect(call("fd_write", open("a").descriptor, ...vectors([4096, 4]), 32)).toBe(errno.badf);
});

describe("a file", () => {
  const files = { "/i/initializer.js": "first", "/s/source.js": "second, é" };

  it("is opened, read on from where it is, and closed", () => {
    const { call, open, read } = program({ files });
    const { result, descriptor } = open("s/source.js");
    expect(result).toBe(errno.success);
    expect(read(descriptor, 7)).toBe("second,");
    expect(read(descriptor, 100)).toBe(" é");
    expect(call("fd_close", descriptor)).toBe(errno.success);
    expect(call("fd_close", descriptor)).toBe(errno.badf);
    expect(call("fd_read", descriptor, 64, 0, 32)).toBe(errno.badf);
  });

  it("opened twice is read twice from the start", () => {
    const { open, read } = program({ files });
    const [first, second] = [open("s/source.js").descriptor, open("s/source.js").descriptor];
    expect(first).not.toBe(second);
    expect([read(first, 6), read(second, 6)]).toEqual(["second", "second"]);
  });

  it("is found by any way of writing its path, also from its folder", () => {
    const { open } = program({ files });
    expect(open("./s/../i//initializer.js").result).toBe(errno.success);
    expect(open("../../s/source.js").result).toBe(errno.success);
    const folder = open("s");
    expect(folder.result).toBe(errno.success);
    expect(open("source.js", folder.descriptor).result).toBe(errno.success);
  });

  it("that is not there is said to be missing", () => {
    const { call, open, write } = program({ files });
    expect(open("s/other.js").result).toBe(errno.noent);
    expect(open("s/source").result).toBe(errno.noent);
    expect(open("source.js", 77).result).toBe(errno.badf);
    expect(call("path_filestat_get", root, 0, 2048, write(2048, "none"), 128)).toBe(errno.noent);
  });

  it("tells its type and its size in bytes", () => {
    const { call, view, open, write } = program({ files });
    const { descriptor } = open("s/source.js");
    expect(call("fd_filestat_get", descriptor, 128)).toBe(errno.success);
    expect([view.getUint8(144), view.getBigUint64(160, true)]).toEqual([4, 10n]);
    expect(call("path_filestat_get", root, 0, 2048, write(2048, "s"), 128)).toBe(errno.success);
    expect([view.getUint8(144), view.getBigUint64(160, true)]).toEqual([3, 0n]);
    expect(call("fd_fdstat_get", descriptor, 128)).toBe(errno.success);
    expect(view.getUint8(128)).toBe(4);
  });

  it("is sought in from its start, from here and from its end", () => {
    const { call, view, open, read } = program({ files });
    const { descriptor } = open("s/source.js");
    read(descriptor, 3);
    const seek = (offset: bigint, whence: number) => {
      expect(call("fd_seek", descriptor, offset, whence, 32)).toBe(errno.success);
      return view.getBigUint64(32, true);
    };
    expect(seek(0n, 1)).toBe(3n);
    expect(seek(-3n, 2)).toBe(7n);
    expect(read(descriptor, 100)).toBe(" é");
    expect(seek(1n, 0)).toBe(1n);
    expect(call("fd_seek", 0, 0n, 0, 32)).toBe(errno.spipe);
  });
});

it("has one folder open from the start, the root", () => {
  const { call, view, text } = program();
  expect(call("fd_prestat_get", root, 128)).toBe(errno.success);
  expect([view.getUint8(128), view.getUint32(132, true)]).toEqual([0, 1]);
  expect(call("fd_prestat_dir_name", root, 256, 1)).toBe(errno.success);
  expect(text(256, 1)).toBe("/");
  expect(call("fd_prestat_get", root + 1, 128)).toBe(errno.badf);
});

it("tells the time in nanoseconds", () => {
  vi.useFakeTimers({ now: 1_700_000_000_123 });
  const { call, view } = program();
  expect(call("clock_time_get", 0, 1n, 32)).toBe(errno.success);
  expect(view.getBigUint64(32, true)).toBe(1_700_000_000_123_000_000n);
});

it("fills any length with random bytes", () => {
  const { call, memory } = program();
  const length = 3 * 65_536;
  expect(call("random_get", 0, length)).toBe(errno.success);
  // 64 zero bytes in a row are out of the question; each part must have been filled, and nothing behind.
  for (const start of [0, 65_536, length - 64]) {
    expect(new Uint8Array(memory, start, 64).some((byte) => byte !== 0)).toBe(true);
  }
  expect(new Uint8Array(memory, length).every((byte) => byte === 0)).toBe(true);
});

it("ends the program with its exit code", () => {
  const { call } = program();
  expect(() => call("proc_exit", 3)).toThrow(EngineExit);
  expect(() => call("proc_exit", 3)).toThrow("exit code 3");
});
